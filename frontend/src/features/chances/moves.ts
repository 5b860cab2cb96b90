// From stage to stage: a step back says why, and a refused step forward says what the chance lacks.
import type { RouteLocationRaw } from "vue-router";
import { moveChance, getChance } from "@/api/generated/sdk.gen";
import type { MoveBody, StageRead } from "@/api/generated/types.gen";
import type { ApiError } from "@/api/errors.ts";
import { ifMatch } from "@/api/runtime.ts";
import { ask, confirmed } from "@/shared/lib/ask.ts";
import { hasKey, t } from "@/shared/lib/i18n.ts";
import { toast } from "@/shared/lib/toast.ts";
import { UNDO } from "@/shared/lib/told.ts";
import { useOptimisticMutation } from "@/shared/lib/useOptimisticMutation.ts";
import { SHOWN } from "./dialogs.ts";

export interface Lacking {
  stage: { id: number; name: string };
  conditions: string[];
}
export interface Move {
  id: number;
  stageId: number;
  /** The column of the board, where it is moved there. */
  to?: string | undefined;
  version: number;
  reason?: MoveBody["reason"];
  /** Where it came from: then it can be moved back for a while. */
  from?: { id: number; key?: string | undefined } | undefined;
}

/** Whether a stage comes before the present one; of an unknown way nothing is said, the server knows it. */
export function goesBack(way: { id: number }[], present: number, to: number): boolean {
  const place = (id: number) => way.findIndex((stage) => stage.id === id);
  return place(to) >= 0 && place(to) < place(present);
}

/** Why a chance goes back to a stage; null when it is not to go after all. */
export async function whyBack(stage: string): Promise<string | null> {
  const { choice, reason } = await ask({
    title: t("chances.back.title", { stage }),
    body: t("chances.back.body"),
    confirm: t("chances.back.confirm"),
    reason: { required: true, label: t("chances.back.reason") },
  });
  return choice === "confirm" ? reason : null;
}

const conditionName = (key: string) => (hasKey(`chances.conditions.${key}`) ? t(`chances.conditions.${key}`) : key);
export const conditionNames = (conditions: string[]): string => conditions.map(conditionName).join(t("chances.and"));

const isLacking = (value: unknown): value is Lacking =>
  typeof value === "object" && value !== null && "stage" in value && "conditions" in value;

/** What a refused step forward lacks, stage by stage; null for any other refusal. */
export function lackingOf(error: ApiError): Lacking[] | null {
  const { unmet } = error.problem;
  return error.code === "stage-conditions" && Array.isArray(unmet) ? unmet.filter(isLacking) : null;
}

/** What is asked for by several stages is told once, at the first of them. */
export function lackingWords(lacking: Lacking[], nameOf: (stage: Lacking["stage"]) => string): string {
  const told = new Set<string>();
  return lacking
    .map(({ stage, conditions }) => ({ stage, fresh: conditions.filter((one) => !told.has(one) && told.add(one)) }))
    .filter(({ fresh }) => fresh.length > 0)
    .map(({ stage, fresh }) => t("chances.lacking.stage", { stage: nameOf(stage), what: conditionNames(fresh) }))
    .join("\n");
}

export const editOf = (chanceId: number): RouteLocationRaw => ({
  path: `/chances/${chanceId}`,
  query: { edit: "1" },
});

/** Tells what is missing and offers to fill it in. */
export async function explainLacking(
  lacking: Lacking[],
  nameOf: (stage: Lacking["stage"]) => string,
  edit: () => unknown,
): Promise<void> {
  const words = { title: t("chances.lacking.title"), body: lackingWords(lacking, nameOf) };
  if (await confirmed({ ...words, confirm: t("chances.lacking.edit") })) edit();
}

/** Moves a chance at once; it is back where it was when the server refuses. */
export function useMove(
  apply: (cached: unknown, move: Move) => unknown,
  nameOf: (stage: Lacking["stage"]) => string,
  edit: (chanceId: number) => unknown,
) {
  const move = useOptimisticMutation({
    record: ({ id }: Move) => `chance-${id}`,
    mutate: ({ id, stageId, version, reason }: Move) =>
      moveChance({
        path: { chance_id: id },
        body: { stage_id: stageId, ...(reason ? { reason } : {}) },
        headers: ifMatch(version),
      }),
    operations: SHOWN,
    apply,
    refused: (error, { id }) => {
      const lacking = lackingOf(error);
      if (lacking) void explainLacking(lacking, nameOf, () => edit(id));
      return lacking !== null;
    },
    latest: ({ id }) => getChance({ path: { chance_id: id } }),
    done: ({ version, stage }, made) => {
      const { from, ...rest } = made;
      if (!from) return toast.success(t("common.undone"));
      const back = { ...rest, stageId: from.id, to: from.key, version, reason: UNDO };
      toast.undo(t("chances.movedTo", { stage: nameOf(stage) }), () => move.mutate(back));
    },
  });
  return move;
}

/** What a stage asks for, as the tip of its step. */
export function tipOf(stage: Pick<StageRead, "conditions"> & { label: string }): string {
  const words = { stage: stage.label, what: conditionNames(stage.conditions) };
  return t(stage.conditions.length > 0 ? "chances.moveToNeeds" : "chances.moveTo", words);
}
