// What the rows of a report's table are called, in the reader's language.
import { useI18n } from "vue-i18n";
import type { Table, TableRow } from "@/api/generated/types.gen";
import { useDict } from "@/shared/domain/dict.ts";
import { hasKey } from "@/shared/lib/i18n.ts";
import { useStages } from "@/shared/domain/stages.ts";

const DICTIONARIES: Record<string, string> = {
  kind: "contact_kind",
  fail_reason: "fail_reason",
  industry: "industry",
  level: "level",
  loss_reason: "loss_reason",
  region: "region",
  service_category: "service_category",
  service_type: "service_type",
  size: "size",
  source: "source",
  win_reason: "success_reason",
};

export function useRowName() {
  const { t } = useI18n();
  const dict = useDict();
  const stages = useStages();

  function item(dimension: string, key: string): string | null {
    const type = DICTIONARIES[dimension];
    // An item that is called like a key of the reports comes with a tilde before it.
    if (type) return dict.label(type, key.replace(/^~/, ""));
    if (dimension === "credit" || dimension === "satisfaction") return t("reports.stars", { n: key });
    return hasKey(`reports.values.${dimension}.${key}`) ? t(`reports.values.${dimension}.${key}`) : null;
  }
  /** A column or a row of this moment says so, beside those of a period. */
  const ofNow = (one: { now?: boolean } | undefined, name: string): string =>
    one?.now ? t("reports.ofNow", { name }) : name;
  const rowName = (table: Table, row: TableRow): string => ofNow(row, ownName(table, row));
  function ownName(table: Table, row: TableRow): string {
    if (row.key === "none") return t("reports.none");
    if (row.key === "total") return t("reports.total");
    if (table.dimension === "customer" && !row.name) return t("reports.outside");
    if (table.dimension === "stage" && row.id && row.name) return stages.nameAlone({ id: row.id, name: row.name });
    return row.name ?? item(table.dimension, row.key) ?? row.key;
  }
  /** A column's heading: an item of the dimension that the columns stand for, or a word of the reports. */
  function columnName(table: Table, key: string): string {
    const column = table.columns.find((one) => one.key === key);
    return ofNow(column, ownColumnName(table, key));
  }
  function ownColumnName(table: Table, key: string): string {
    if (table.series && key !== "count") return item(table.series, key) ?? key;
    const own = `reports.columnsOf.${table.key}.${key}`;
    return t(hasKey(own) ? own : `reports.columns.${key}`);
  }
  return { rowName, columnName };
}
