// Products by name, for pickers and filters: all of them, or what may still be sold.
import { getProduct, listProducts } from "@/api/generated/sdk.gen";
import { asked, option, type Search } from "./search.ts";

export const searchProducts: Search = async (word, signal) => {
  if (word.startsWith("#")) {
    const one = await getProduct({ path: { product_id: Number(word.slice(1)) }, signal });
    return [option(one.id, one.name, one.code)];
  }
  const page = await listProducts({ query: asked(word), signal });
  return page.items.map((row) => option(row.id, row.name, row.code));
};

/** Without those that are disabled, or lie in a disabled category: what a new record may name. */
export const searchSoldProducts: Search = async (word, signal) => {
  const page = await listProducts({ query: { ...asked(word), sold: true }, signal });
  return page.items.map((row) => option(row.id, row.name, row.code));
};
