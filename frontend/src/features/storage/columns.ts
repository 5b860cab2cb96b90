import type { StorageRow } from "@/api/generated/types.gen";
import type { Column } from "@/shared/lib/columns.ts";

export const columns: Column<StorageRow>[] = [
  { key: "product", kind: "reference", title: "storage.product", width: 200, grow: true, sort: true },
  { key: "product_code", title: "storage.code", width: 120 },
  { key: "warehouse", kind: "item", title: "storage.warehouse", width: 130, english: 150, sort: true },
  { key: "bin", title: "storage.bin", width: 120, sort: true },
  { key: "count", kind: "number", title: "storage.count", width: 96, align: "end", sort: true },
  {
    key: "reserved",
    kind: "number",
    title: "storage.reserved",
    width: 96,
    align: "end",
    sort: true,
  },
  { key: "available", title: "storage.available", width: 100, align: "end", sort: true },
  { key: "in_transit", title: "storage.in_transit", width: 120, align: "end" },
  { key: "unit", title: "storage.unit", width: 80 },
  { key: "memo", title: "storage.memo", width: 160, optional: true, noCard: true },
];
