// A customer's contacts by name, for pickers.
import { listLinkmen } from "@/api/generated/sdk.gen";
import { asked, option, type Search } from "./search.ts";

export const searchLinkmen =
  (customerId: number): Search =>
  async (word, signal) => {
    const page = await listLinkmen({ query: { ...asked(word), customer_id: customerId }, signal });
    return page.items.map((row) => option(row.id, row.name, row.position));
  };
