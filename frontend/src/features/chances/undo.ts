// The reverse of a step, made with the version that the step gave: who had it has it again, or nobody.
import { assignChance, bulkAssignChances, moveChance, takeBackChance } from "@/api/generated/sdk.gen";
import type { BulkResult, ChanceRow } from "@/api/generated/types.gen";
import { ifMatch } from "@/api/runtime.ts";
import { grouped, insist } from "@/shared/lib/bulk.ts";
import { UNDO } from "@/shared/lib/told.ts";

interface Written {
  id: number;
  version: number;
}
type Before = Pick<ChanceRow, "id" | "assignee" | "stage">;

/** Gives a chance back to whom it was with; what waited for somebody waits again. */
export function giveBack(before: Before, now: Written): Promise<Written> {
  const path = { chance_id: before.id };
  const headers = ifMatch(now);
  if (!before.assignee) return takeBackChance({ path, body: { reason: UNDO }, headers });
  return assignChance({ path, body: { assignee_id: before.assignee.id, reason: UNDO }, headers });
}

/** Moves it back to the stage that it had, if it has another one by now. */
export async function moveBack(before: Before, now: Written, stageNow: number): Promise<Written> {
  if (before.stage.id === stageNow) return now;
  const body = { stage_id: before.stage.id, reason: UNDO };
  return moveChance({ path: { chance_id: before.id }, body, headers: ifMatch(now) });
}

/** Gives many back, each group in one step; what waited is taken back one by one. */
export async function giveAllBack(before: ChanceRow[], results: BulkResult[]): Promise<void> {
  const versions = new Map(results.flatMap(({ id, outcome, version }) => (outcome === "done" ? [[id, version]] : [])));
  const done = before.flatMap((row) => {
    const version = versions.get(row.id);
    return version ? [{ row, now: { id: row.id, version } }] : [];
  });
  for (const one of done.filter(({ row }) => !row.assignee)) await giveBack(one.row, one.now);
  const groups = grouped(
    done.filter(({ row }) => row.assignee),
    ({ row }) => row.assignee?.id ?? 0,
  );
  for (const [assignee_id, group] of groups) {
    const items = group.map(({ now }) => now);
    insist((await bulkAssignChances({ body: { items, assignee_id, reason: UNDO } })).results);
  }
}
