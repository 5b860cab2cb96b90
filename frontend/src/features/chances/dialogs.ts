// Which step of which chance is being asked about; list, board and page open the same dialogs.
import { onScopeDispose, shallowRef } from "vue";
import { deleteChance, reopenChance, restoreChance, takeBackChance } from "@/api/generated/sdk.gen";
import type { ChanceRow } from "@/api/generated/types.gen";
import { toApiError } from "@/api/errors.ts";
import { ifMatch } from "@/api/runtime.ts";
import { ask } from "@/shared/lib/ask.ts";
import { t } from "@/shared/lib/i18n.ts";
import { openOverlay } from "@/shared/domain/parts.ts";
import { toast } from "@/shared/lib/toast.ts";

export type Dialog =
  | { step: "assign" | "reassign" | "propose"; chance: ChanceRow; toStage?: number }
  | { step: "bulk"; chances: ChanceRow[] }
  | { step: "succeed" | "fail"; chance: ChanceRow };

/** Answers that hold chances. */
export const SHOWN = ["listChances", "getChance", "getChanceBoard", "getChanceTimeline"];

function log(chance: ChanceRow): void {
  const { id, title: name, customer, customer_name } = chance;
  openOverlay("log-activity", { chance: { id, name, customer, customer_name } });
}

async function withReason(title: string, confirm: string, body?: string): Promise<string | null> {
  const { choice, reason } = await ask({ title, confirm, ...(body ? { body } : {}), reason: { required: true } });
  return choice === "confirm" ? reason : null;
}

/** One try at a step without a form of its own: its error is a toast. */
async function attempt<Answer>(
  run: () => Promise<Answer>,
  said: string | ((answer: Answer) => string),
): Promise<boolean> {
  try {
    const answer = await run();
    toast.success(typeof said === "string" ? said : said(answer));
    return true;
  } catch (error) {
    toast.error(toApiError(error));
    return false;
  }
}

async function takeBack(chance: ChanceRow): Promise<void> {
  const reason = await withReason(t("chances.takeBackAsk", { name: chance.title }), t("chances.step.take_back"));
  if (reason === null) return;
  const path = { chance_id: chance.id };
  await attempt(() => takeBackChance({ path, body: { reason }, headers: ifMatch(chance) }), t("chances.takenBack"));
}

async function reopen(chance: ChanceRow): Promise<void> {
  const back = chance.assignee ? t("chances.reopenBack", { name: chance.assignee.name }) : t("chances.reopenNobody");
  const reason = await withReason(t("chances.reopenAsk", { name: chance.title }), t("chances.step.reopen"), back);
  if (reason === null) return;
  const path = { chance_id: chance.id };
  await attempt(
    () => reopenChance({ path, body: { reason }, headers: ifMatch(chance) }),
    (row) => t(row.assignee ? "chances.reopened" : "chances.reopenedUnassigned"),
  );
}

async function remove(chance: ChanceRow): Promise<boolean> {
  const path = { chance_id: chance.id };
  try {
    await deleteChance({ path, headers: ifMatch(chance) });
  } catch (error) {
    toast.error(toApiError(error));
    return false;
  }
  toast.undo(t("chances.deleted", { name: chance.title }), () => {
    void attempt(() => restoreChance({ path }), t("chances.restored"));
  });
  return true;
}

export function useChanceSteps() {
  const dialog = shallowRef<Dialog | null>(null);
  onScopeDispose(() => (dialog.value = null));

  return { dialog, takeBack, reopen, remove, log };
}
export type ChanceSteps = ReturnType<typeof useChanceSteps>;
