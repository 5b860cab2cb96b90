// What a write makes stale: the server names the nouns that it changed, the contract tells which answers show which nouns.
import type { QueryClient, QueryKey } from "@tanstack/vue-query";
import { beneath, readAgain } from "./layers.ts";
import { versionOf } from "./writeQueue.ts";

let records: Record<string, [read: string, id: string]> = {};
let nounsOfRead: Map<string, string[]> | null = null;
async function load(): Promise<void> {
  const { RECORDS, SHOWS } = await import("@/api/generated/shown.gen.ts");
  const pairs = Object.entries(SHOWS).map(([nouns, reads]) => [nouns.split(" "), reads.split(" ")] as const);
  nounsOfRead = new Map(pairs.flatMap(([nouns, reads]) => reads.map((read) => [read, nouns])));
  records = RECORDS;
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
  const value: unknown = Reflect.get(Object(partOf(key, "path")), records[noun]?.[1] ?? "");
  return String(value) === id;
}

/** Answers may overtake each other. What is not there is not made: who asks for it reads it. */
const isOlder = (record: unknown, held: unknown): boolean =>
  held === undefined || (versionOf(record) ?? 0) < (versionOf(held) ?? 0);

/** Shows the record that the answer to a write is: what is done next is done to it as it is now, also before it was read again. */
export function keepRecord(client: QueryClient, address: string, record: unknown): void {
  const read = records[address.split("/").at(-2) ?? ""]?.[0];
  if (!read) return;
  const queries = client.getQueryCache().findAll({ queryKey: [{ _id: read }] });
  const held = queries.filter(({ queryKey, state }) => isOf(queryKey, address) && !isOlder(record, state.data));
  beneath(client, () => {
    for (const { queryKey } of held) client.setQueryData(queryKey, record);
  });
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
