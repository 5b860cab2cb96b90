import type { StorageRow } from "@/api/generated/types.gen";
import type { Column } from "@/shared/lib/columns.ts";

export const columns: Column<StorageRow>[] = [
  { key: "product", kind: "reference", title: "storage.fields.product", width: 200, grow: true, sort: true },
  { key: "product_code", title: "storage.code", width: 120 },
  { key: "warehouse", kind: "item", title: "storage.fields.warehouse", width: 130, english: 150, sort: true },
  { key: "bin", title: "storage.fields.bin", width: 120, sort: true },
  { key: "count", kind: "number", title: "storage.fields.count", width: 96, align: "end", sort: true },
  {
    key: "reserved",
    kind: "number",
    title: "storage.fields.reserved",
    width: 96,
    align: "end",
    sort: true,
  },
  { key: "available", title: "storage.fields.available", width: 100, align: "end", sort: true },
  { key: "in_transit", title: "storage.fields.in_transit", width: 120, align: "end" },
  { key: "unit", title: "storage.fields.unit", width: 80 },
  { key: "memo", title: "storage.fields.memo", width: 160, optional: true, noCard: true },
];
