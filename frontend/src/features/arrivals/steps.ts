// What can be done with an arrival; list, panel and product page share it.
import { toApiError } from "@/api/errors.ts";
import { cancelArrival } from "@/api/generated/sdk.gen";
import type { ArrivalRow } from "@/api/generated/types.gen";
import { ifMatch } from "@/api/runtime.ts";
import { ask } from "@/shared/lib/ask.ts";
import { number } from "@/shared/lib/format.ts";
import { t } from "@/shared/lib/i18n.ts";
import { toast } from "@/shared/lib/toast.ts";

export async function cancelAsked(row: ArrivalRow): Promise<void> {
  const { choice, reason } = await ask({
    title: t("arrivals.cancelAsk", { name: row.number }),
    body: t("arrivals.cancelBody", { n: number(row.left), name: row.product.name }),
    confirm: t("arrivals.cancel"),
    tone: "danger",
    reason: { required: true },
  });
  if (choice !== "confirm") return;
  try {
    await cancelArrival({ path: { arrival_id: row.id }, body: { reason }, headers: ifMatch(row) });
    toast.success(t("arrivals.cancelled", { name: row.number }));
  } catch (thrown) {
    const error = toApiError(thrown);
    if (error.kind === "stale" || error.kind === "conflict") toast.info(t("arrivals.changed"));
    else toast.error(error);
  }
}
