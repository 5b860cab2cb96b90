// What can be done with a plan item, and what has to be read again afterwards.
import { useQueryClient } from "@tanstack/vue-query";
import { toApiError } from "@/api/errors.ts";
import { createPlan, deletePlan } from "@/api/generated/sdk.gen";
import type { PlanRow } from "@/api/generated/types.gen";
import { ifMatch } from "@/api/runtime.ts";
import { t } from "@/shared/lib/i18n.ts";
import { toast } from "@/shared/lib/toast.ts";

const TOUCHED = [
  "listPlans",
  "countPlans",
  "listActivities",
  "listChances",
  "getChance",
  "getChanceBoard",
  "getChanceTimeline",
];

export function usePlans() {
  const client = useQueryClient();
  const refresh = () => Promise.all(TOUCHED.map((_id) => client.invalidateQueries({ queryKey: [{ _id }] })));

  async function remove(row: PlanRow): Promise<void> {
    try {
      await deletePlan({ path: { plan_id: row.id }, headers: ifMatch(row) });
    } catch (error) {
      toast.error(toApiError(error));
      return void refresh();
    }
    toast.undo(t("plans.deleted"), () => {
      const { date, todo, kind } = row;
      createPlan({ path: { chance_id: row.chance.id }, body: { date, todo, kind } })
        .catch((error: unknown) => toast.error(error))
        .finally(() => void refresh());
    });
    await refresh();
  }
  return { refresh, remove };
}
