// What a write makes stale: the server names the nouns that it changed, the contract tells which answers show which nouns.
import type { QueryClient, QueryKey } from "@tanstack/vue-query";
import { readAgain } from "./layers.ts";

let idOf: Record<string, string> = {};
let nounsOfRead: Map<string, string[]> | null = null;
async function load(): Promise<void> {
  const { ID_OF, SHOWS } = await import("@/api/generated/shown.gen.ts");
  const pairs = Object.entries(SHOWS).map(([nouns, reads]) => [nouns.split(" "), reads.split(" ")] as const);
  nounsOfRead = new Map(pairs.flatMap(([nouns, reads]) => reads.map((read) => [read, nouns])));
  idOf = ID_OF;
}
/** Comes beside the shell. Until it is here any answer may be stale. */
export const contract = load().catch(() => undefined);

/** The nouns of the header, a list of strings as RFC 9875 writes it. */
export const nounsOf = (header: string): string[] => [...header.matchAll(/"([^"]+)"/g)].map((match) => match[1] ?? "");

const partOf = (key: QueryKey, name: "_id" | "path"): unknown => Reflect.get(Object(key[0]), name);

/** Currency, zone and names go into every answer. */
function shows(key: QueryKey, nouns: string[]): boolean {
  if (!nounsOfRead) return true;
  const shown = nounsOfRead.get(String(partOf(key, "_id")));
  return shown !== undefined && nouns.some((noun) => noun === "settings" || shown[0] === "*" || shown.includes(noun));
}

/** Tells what is read of the record at this address of the API, such as `/api/v1/orders/7`. */
function isOf(key: QueryKey, address: string): boolean {
  const [noun = "", id] = address.split("/").slice(-2);
  return Object.entries(Object(partOf(key, "path"))).some(
    ([name, value]) => name === idOf[noun] && String(value) === id,
  );
}

/**
 * Drops what shows one of these nouns; resolves once what is on screen is read anew. What was just removed is not asked
 * for again while its page is being left.
 */
export function dropStale(client: QueryClient, nouns: string[], removed = ""): Promise<void> {
  const cache = client.getQueryCache();
  cache.findAll({ predicate: ({ queryKey }) => isOf(queryKey, removed) }).forEach((gone) => gone.invalidate());
  const stale = cache.findAll({ predicate: ({ queryKey }) => shows(queryKey, nouns) && !isOf(queryKey, removed) });
  return readAgain(
    client,
    stale.map(({ queryKey }) => queryKey),
  );
}
