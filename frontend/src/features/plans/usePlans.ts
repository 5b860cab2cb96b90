// What can be done with a plan item, and what has to be read again afterwards.
import { useQueryClient } from "@tanstack/vue-query";
import { toApiError } from "@/api/errors.ts";
import { createPlan, deletePlan } from "@/api/generated/sdk.gen";
import type { PlanRow } from "@/api/generated/types.gen";
import { ifMatch } from "@/api/runtime.ts";
import { t } from "@/shared/lib/i18n.ts";
import { useSession } from "@/shared/lib/session.ts";
import { localDate } from "@/shared/lib/time.ts";
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
  const session = useSession();
  const refresh = () => Promise.all(TOUCHED.map((_id) => client.invalidateQueries({ queryKey: [{ _id }] })));

  const mine = (row: PlanRow) => row.assignee?.id === session.me?.id;
  const mayExecute = (row: PlanRow) => row.status === "open" && mine(row) && session.can("plans:execute");
  /** Its writer corrects a result on the same day. */
  const mayCorrect = (row: PlanRow) =>
    row.status === "done" &&
    row.done_by?.id === session.me?.id &&
    row.done_at !== null &&
    localDate(row.done_at) === localDate();
  const mayChange = (row: PlanRow) => {
    const scope = session.scope("plans:write");
    return row.status === "open" && row.assignee !== null && scope !== null && (scope !== "own" || mine(row));
  };

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
  return { refresh, mayExecute, mayCorrect, mayChange, remove };
}
