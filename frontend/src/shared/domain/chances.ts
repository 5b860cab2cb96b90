// A customer's open chances by name, for pickers.
import { listChances } from "@/api/generated/sdk.gen";
import { asked, option, type Search } from "./search.ts";

export const searchChances =
  (customerId: number): Search =>
  async (word, signal) => {
    const query = { ...asked(word), customer_id: customerId, status: ["assigned" as const, "unassigned" as const] };
    const page = await listChances({ query, signal });
    return page.items.map((row) => option(row.id, row.title, row.assignee?.name));
  };
