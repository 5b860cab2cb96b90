// Writes to one record go one after the other: each takes the version that the answer before it gave.
import type { QueryClient } from "@tanstack/vue-query";
import { isApiError } from "@/api/errors.ts";

/** Of each record that is being written: the version that will be known once its last write has been answered. */
const queues = new WeakMap<QueryClient, Map<string, Promise<number>>>();
/** Of each record that was written: the version that it got. What asks why it is done was begun on the one before. */
const written = new WeakMap<QueryClient, Map<string, number>>();

/**
 * Waits for the writes to `record` that were asked for before, then writes. A refused write leaves the version as it was;
 * one that was refused as stale takes those behind it along, because they were typed over the same old record.
 */
export async function inTurn<Result>(
  client: QueryClient,
  record: string,
  version: number,
  write: (version: number) => Promise<Result>,
): Promise<Result> {
  const ends = queues.get(client) ?? new Map<string, Promise<number>>();
  queues.set(client, ends);
  const made = written.get(client) ?? new Map<string, number>();
  written.set(client, made);
  const before = ends.get(record) ?? Promise.resolve(version);
  const known = before.then((last) => Math.max(version, last, made.get(record) ?? 0));
  const answer = known.then(write);
  const end = answer.then(
    (result) => {
      const now = versionOf(result);
      if (now !== null) made.set(record, now);
      return now ?? known;
    },
    (error: unknown) => (isApiError(error, "stale") ? Promise.reject(error) : known),
  );
  ends.set(record, end);
  const leave = () => void (ends.get(record) === end && ends.delete(record));
  end.then(leave, leave);
  return answer;
}

export function versionOf(result: unknown): number | null {
  const named = typeof result === "object" && result !== null && "version" in result ? result.version : null;
  return typeof named === "number" ? named : null;
}
