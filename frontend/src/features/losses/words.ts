// How a churn entry reads: the reason of its warning in a sentence, and the colours of its states.
import { useI18n } from "vue-i18n";
import type { LossRow } from "@/api/generated/types.gen";
import { number } from "@/shared/lib/format.ts";
import type { Tone } from "@/shared/ui/StatusTag.vue";

export const TONES: Record<LossRow["status"], Tone> = {
  warning: "warning",
  delayed: "brand",
  lost: "danger",
  recovered: "success",
};

export function useReasonWords() {
  const { t } = useI18n();
  /** "200 days without an order; orders every 50 days, that is 4 times as long; 1 open complaint": what warned comes first. */
  return (row: Pick<LossRow, "found_reason" | "last_order_date">): string[] => {
    const { rules, days, usual_interval_days, times_usual, open_complaints, contact_days, satisfaction } =
      row.found_reason;
    const words: string[] = [];
    if (rules.includes("order")) {
      words.push(t(row.last_order_date ? "losses.silent" : "losses.never", { n: number(days) }));
      if (usual_interval_days && times_usual)
        words.push(t("losses.usual", { n: number(usual_interval_days), times: number(times_usual) }));
    }
    if (rules.includes("contact") && contact_days !== null)
      words.push(t("losses.contact", { n: number(contact_days) }));
    if (rules.includes("satisfaction") && satisfaction !== null)
      words.push(t("losses.satisfaction", { n: number(satisfaction) }));
    if (open_complaints) words.push(t("losses.complaints", { n: number(open_complaints) }));
    return words;
  };
}
