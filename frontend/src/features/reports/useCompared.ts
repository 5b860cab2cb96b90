// With which days a report's changes compare, in words; empty where nothing is compared.
import { useI18n } from "vue-i18n";
import type { ReportRead } from "@/api/generated/types.gen";
import { day } from "@/shared/lib/format.ts";

export function useCompared() {
  const { t } = useI18n();
  return function compared(report: ReportRead | undefined): string {
    const changes = report?.figures.some((figure) => figure.previous !== null);
    if (!changes || !report?.previous_from || !report.previous_to) return "";
    return t("reports.comparedWith", { from: day(report.previous_from), to: day(report.previous_to) });
  };
}
