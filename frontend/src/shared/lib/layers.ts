// What edits on their way show: layers over the cache, in the order they were made. One that is answered is taken out from
// under the later ones, so that neither a roll back nor an answer wipes what was typed since.
import type { QueryClient, QueryKey } from "@tanstack/vue-query";

export interface Layer {
  keys: QueryKey[];
  apply: (cached: unknown) => unknown;
  /** What the cache held before this layer. */
  before: [QueryKey, unknown][];
}
const stacks = new WeakMap<QueryClient, Layer[]>();
/** What has to be read again once nothing is on its way any more: reading earlier would hide what is. */
const owed = new WeakMap<QueryClient, Map<string, QueryKey>>();

function stackOf(client: QueryClient): Layer[] {
  const stack = stacks.get(client) ?? [];
  stacks.set(client, stack);
  return stack;
}
function show(client: QueryClient, layer: Layer): void {
  layer.before = layer.keys.flatMap((queryKey) => client.getQueriesData({ queryKey }));
  for (const [key, cached] of layer.before) {
    if (cached !== undefined) client.setQueryData(key, layer.apply(cached));
  }
}
function hide(client: QueryClient, layer: Layer): void {
  for (const [key, cached] of layer.before) client.setQueryData(key, cached);
}

export function addLayer(client: QueryClient, keys: QueryKey[], apply: Layer["apply"]): Layer {
  const layer: Layer = { keys, apply, before: [] };
  stackOf(client).push(layer);
  show(client, layer);
  return layer;
}

/** Writes what the server told below all layers: they stay what is seen until they are answered themselves. */
export function beneath(client: QueryClient, write: () => void): void {
  const stack = stackOf(client);
  const above = stack.splice(0);
  for (const one of above.toReversed()) hide(client, one);
  write();
  for (const one of above) {
    stack.push(one);
    show(client, one);
  }
}

/** Takes a layer out: kept (then `settle` writes what the answer told) or rolled back. The later ones are laid anew. */
export function removeLayer(client: QueryClient, layer: Layer, kept: boolean, settle?: () => void): void {
  const stack = stackOf(client);
  const at = stack.indexOf(layer);
  const later = stack.splice(at).slice(1);
  for (const one of later.toReversed()) hide(client, one);
  if (!kept) hide(client, layer);
  settle?.();
  for (const one of later) {
    stack.push(one);
    show(client, one);
  }
}

/** Reads each of these once, as soon as nothing is on its way. */
export async function readAgain(client: QueryClient, keys: QueryKey[]): Promise<void> {
  const debts = owed.get(client) ?? new Map<string, QueryKey>();
  for (const key of keys) debts.set(JSON.stringify(key), key);
  owed.set(client, debts);
  if (stackOf(client).length > 0 || debts.size === 0) return;
  owed.delete(client);
  const due = new Set([...debts.values()].flatMap((queryKey) => client.getQueryCache().findAll({ queryKey })));
  due.forEach((query) => written.add(query));
  await client.invalidateQueries({ predicate: (query) => due.has(query) });
  due.forEach((query) => written.delete(query));
}

const written = new WeakSet<object>();
/** Tells whether it is being read again because of a write: then it may be that the write itself took it out of sight. */
export const isReadAgain = (query: object): boolean => written.has(query);
