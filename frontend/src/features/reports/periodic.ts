// What the pages of the customer report share: its list's columns and what may be asked of the list.
import type { DepartmentRow, ListPeriodicReportsData, PeriodicRow } from "@/api/generated/types.gen";
import type { Column } from "@/shared/lib/columns.ts";
import { t } from "@/shared/lib/i18n.ts";
import type { Tone } from "@/shared/ui/StatusTag.vue";

export type PeriodicQuery = NonNullable<ListPeriodicReportsData["query"]>;
export const TABS = ["all", "issued", "draft"] as const;
export const TONES: Record<PeriodicRow["status"], Tone> = { draft: "warning", issued: "success" };

export function asked({ tab, ...query }: PeriodicQuery & { tab?: string }): PeriodicQuery {
  return tab === "issued" || tab === "draft" ? { ...query, status: tab } : query;
}
/** `2026-11-01` is shown, and picked, as `2026-11`. */
export const monthOf = (date: string): string => date.slice(0, 7);
export const titleOf = (row: Pick<PeriodicRow, "department" | "month">): string =>
  t("reports.periodic.one", { department: row.department.name, month: monthOf(row.month) });

export const columns: Column<PeriodicRow>[] = [
  { key: "number", title: "reports.periodic.number", width: 194 },
  { key: "month", title: "reports.periodic.month", width: 96, sort: true, text: (row) => monthOf(row.month) },
  {
    key: "department",
    title: "reports.periodic.department",
    width: 160,
    grow: true,
    text: (row) => row.department.name,
  },
  { key: "status", title: "reports.periodic.status", width: 104 },
  { key: "author", title: "reports.periodic.author", width: 104, text: (row) => row.author.name },
  { key: "issued_at", title: "reports.periodic.issued_at", width: 150 },
  { key: "replaced_by", title: "reports.periodic.replaced_by", width: 194, noCard: true },
];

/** A department with all below it. */
export function below(all: DepartmentRow[], top: number): DepartmentRow[] {
  const inside = new Set([top]);
  for (let grown = true; grown;) {
    const found = all.filter((one) => one.parent && inside.has(one.parent.id) && !inside.has(one.id));
    for (const { id } of found) inside.add(id);
    grown = found.length > 0;
  }
  return all.filter((one) => inside.has(one.id));
}
