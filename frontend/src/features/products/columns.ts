import type { ProductRow } from "@/api/generated/types.gen";
import type { Column } from "@/shared/lib/columns.ts";

const all: Column<ProductRow>[] = [
  { key: "name", title: "products.fields.name", width: 200, grow: true, sort: true },
  { key: "code", title: "products.fields.code", width: 120, sort: true },
  { key: "model", title: "products.fields.model", width: 120 },
  { key: "category", kind: "reference", title: "products.fields.category", width: 130 },
  { key: "unit", title: "products.fields.unit", width: 80 },
  { key: "price", kind: "money", full: true, title: "products.fields.price", width: 124, align: "end", sort: true },
  {
    key: "cost",
    kind: "money",
    full: true,
    title: "products.fields.cost",
    width: 124,
    align: "end",
    sort: true,
    optional: true,
  },
  { key: "enabled", title: "products.fields.enabled", width: 110 },
  {
    key: "external_id",
    title: "products.fields.external_id",
    width: 120,
    optional: true,
    noCard: true,
  },
];

/** Who may not see costs has no such column to choose. */
export const columnsFor = (seesCost: boolean): Column<ProductRow>[] =>
  all.filter(({ key }) => seesCost || key !== "cost");
