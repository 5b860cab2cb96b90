// Deletes a plan item, with a way back.
import { toApiError } from "@/api/errors.ts";
import { createPlan, deletePlan } from "@/api/generated/sdk.gen";
import type { PlanRow } from "@/api/generated/types.gen";
import { ifMatch } from "@/api/runtime.ts";
import { t } from "@/shared/lib/i18n.ts";
import { toast } from "@/shared/lib/toast.ts";

export async function removePlan(row: PlanRow): Promise<void> {
  try {
    await deletePlan({ path: { plan_id: row.id }, headers: ifMatch(row) });
  } catch (error) {
    toast.error(toApiError(error));
    return;
  }
  toast.undo(t("plans.deleted"), () => {
    const { date, todo, kind } = row;
    createPlan({ path: { chance_id: row.chance.id }, body: { date, todo, kind } }).catch((error: unknown) =>
      toast.error(error),
    );
  });
}
