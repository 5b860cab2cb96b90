// An edit that shows at once and rolls back with a reason. `apply` is a pure function over what the cache holds.
import { useMutation, useQueryClient } from "@tanstack/vue-query";
import { type ApiError, isApiError, toApiError } from "@/api/errors.ts";
import { askStale } from "./ask.ts";
import { addLayer, type Layer, readAgain, removeLayer } from "./layers.ts";
import { toast } from "./toast.ts";
import { inTurn } from "./writeQueue.ts";

export interface OptimisticOptions<Vars extends { version: number }, Result> {
  /** Which record is written, e.g. `chance-7`: writes to one record wait for each other. */
  record: (vars: Vars) => string;
  mutate: (vars: Vars) => Promise<Result>;
  /** Operation ids whose cached answers show the record, e.g. `["listChances", "getChance"]`. */
  operations: string[];
  apply: (cached: unknown, vars: Vars) => unknown;
  done?: (result: Result, vars: Vars) => void;
  /** Words a refusal by itself; false leaves it to the toast. */
  refused?: (error: ApiError, vars: Vars) => boolean;
  /** Reads the version now; with it a 412 offers reload or overwrite (the edit is sent again with that version). */
  latest?: (vars: Vars) => Promise<{ version: number }>;
}

export function useOptimisticMutation<Vars extends { version: number }, Result>(
  options: OptimisticOptions<Vars, Result>,
) {
  const client = useQueryClient();
  const keys = options.operations.map((_id) => [{ _id }]);

  async function send(vars: Vars): Promise<Result> {
    try {
      return await options.mutate(vars);
    } catch (error) {
      if (!isApiError(error, "stale") || !options.latest || (await askStale()) !== "overwrite") throw error;
      const { version } = await options.latest(vars);
      return options.mutate({ ...vars, version });
    }
  }

  /** The next edit names the version that this one made, also before the records have been read again. */
  function learn(result: Result): void {
    if (!isVersioned(result)) return;
    const { id, version } = result;
    for (const queryKey of keys) client.setQueriesData({ queryKey }, (cached) => patchRow(cached, id, { version }));
  }

  return useMutation({
    meta: { handled: true },
    mutationFn: (vars: Vars) =>
      inTurn(client, options.record(vars), vars.version, (version) => send({ ...vars, version })),
    onMutate: async (vars: Vars) => {
      await Promise.all(keys.map((queryKey) => client.cancelQueries({ queryKey })));
      return addLayer(client, keys, (cached) => options.apply(cached, vars));
    },
    onError: (error, vars, layer: Layer | undefined) => {
      if (layer) removeLayer(client, layer, false);
      const problem = toApiError(error);
      if (problem.kind !== "stale" && !options.refused?.(problem, vars)) toast.error(error);
    },
    onSuccess: (result, vars, layer) => {
      removeLayer(client, layer, true, () => {
        learn(result);
        options.done?.(result, vars);
      });
    },
    // What was written the server tells; what was refused broke off the reads that were on their way.
    onSettled: (_result, error) => void readAgain(client, error ? keys : []),
  });
}

interface Identified {
  id: number;
}
const isRow = (value: unknown, id: number): value is Identified =>
  typeof value === "object" && value !== null && "id" in value && value.id === id;

const isVersioned = (value: unknown): value is Identified & { version: number } =>
  typeof value === "object" && value !== null && "id" in value && "version" in value;

/** The usual `apply`: the row with this id, wherever it stands in a detail, a page, an endless list or a board, gets these fields. */
export function patchRow(cached: unknown, id: number, patch: object): unknown {
  if (isRow(cached, id)) return { ...cached, ...patch };
  if (Array.isArray(cached)) return cached.map((one) => patchRow(one, id, patch));
  if (typeof cached !== "object" || cached === null) return cached;
  if ("pages" in cached) return { ...cached, pages: patchRow(cached.pages, id, patch) };
  if ("items" in cached) return { ...cached, items: patchRow(cached.items, id, patch) };
  if ("columns" in cached) return { ...cached, columns: patchRow(cached.columns, id, patch) };
  return cached;
}
