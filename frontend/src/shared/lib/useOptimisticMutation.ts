// An edit that shows at once and rolls back with a reason. `apply` is a pure function over what the cache holds.
import { useMutation, useQueryClient } from "@tanstack/vue-query";
import { isApiError, toApiError } from "@/api/errors.ts";
import { askStale } from "./ask.ts";
import { toast } from "./toast.ts";

export interface OptimisticOptions<Vars extends object, Result> {
  mutate: (vars: Vars) => Promise<Result>;
  /** Operation ids whose cached answers show the change, e.g. `["listChances", "getChance"]`. */
  operations: string[];
  apply: (cached: unknown, vars: Vars) => unknown;
  done?: (result: Result, vars: Vars) => void;
  /** Reads the version now; with it a 412 offers reload or overwrite (the edit is sent again with that version). */
  latest?: (vars: Vars) => Promise<{ version: number }>;
}

export function useOptimisticMutation<Vars extends object, Result>(options: OptimisticOptions<Vars, Result>) {
  const client = useQueryClient();
  const keys = options.operations.map((_id) => [{ _id }]);

  const refresh = () => Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey })));

  async function send(vars: Vars): Promise<Result> {
    try {
      return await options.mutate(vars);
    } catch (error) {
      if (!isApiError(error, "stale") || !options.latest || (await askStale()) !== "overwrite") throw error;
      const { version } = await options.latest(vars);
      return options.mutate({ ...vars, version });
    }
  }

  /** The next edit names the version that this one made: without it, two quick edits of one's own would conflict. */
  function learn(result: Result): void {
    if (!isVersioned(result)) return;
    for (const name of options.operations.filter((one) => one.startsWith("get"))) {
      client.setQueriesData({ queryKey: [{ _id: name }] }, (cached: unknown) =>
        isRow(cached, result.id) ? { ...cached, version: result.version } : cached,
      );
    }
  }

  return useMutation({
    meta: { handled: true },
    mutationFn: send,
    onMutate: async (vars: Vars) => {
      await Promise.all(keys.map((queryKey) => client.cancelQueries({ queryKey })));
      const before = keys.flatMap((queryKey) => client.getQueriesData({ queryKey }));
      for (const [key, cached] of before) {
        if (cached !== undefined) client.setQueryData(key, options.apply(cached, vars));
      }
      return before;
    },
    onError: (error, _vars, before) => {
      for (const [key, cached] of before ?? []) client.setQueryData(key, cached);
      if (toApiError(error).kind !== "stale") toast.error(error);
    },
    onSuccess: (result, vars) => {
      learn(result);
      options.done?.(result, vars);
    },
    onSettled: () => refresh(),
  });
}

interface Identified {
  id: number;
}
const isRow = (value: unknown, id: number): value is Identified =>
  typeof value === "object" && value !== null && "id" in value && value.id === id;

const isVersioned = (value: unknown): value is Identified & { version: number } =>
  typeof value === "object" && value !== null && "id" in value && "version" in value;

/** The usual `apply`: the row with this id, wherever it stands in a detail, a page or an endless list, gets these fields. */
export function patchRow(cached: unknown, id: number, patch: object): unknown {
  if (isRow(cached, id)) return { ...cached, ...patch };
  if (Array.isArray(cached)) return cached.map((one) => patchRow(one, id, patch));
  if (typeof cached !== "object" || cached === null) return cached;
  if ("pages" in cached) return { ...cached, pages: patchRow(cached.pages, id, patch) };
  if ("items" in cached) return { ...cached, items: patchRow(cached.items, id, patch) };
  return cached;
}
