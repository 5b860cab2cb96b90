import type { CustomerRow } from "@/api/generated/types.gen";
import type { Column } from "@/shared/lib/columns.ts";
import { number } from "@/shared/lib/format.ts";

export const columns: Column<CustomerRow>[] = [
  { key: "name", title: "customers.fields.name", width: 200, grow: true, sort: true },
  { key: "number", title: "customers.fields.number", width: 168, sort: true, noCard: true, text: (row) => row.number },
  { key: "level", title: "customers.fields.level", width: 124 },
  { key: "status", title: "customers.fields.status", width: 108, noCard: true },
  { key: "region", title: "customers.fields.region", width: 90 },
  { key: "industry", title: "customers.fields.industry", width: 120 },
  { key: "manager", title: "customers.fields.manager", width: 96, text: (row) => row.manager?.name },
  { key: "turnover", title: "customers.fields.turnover", width: 108, align: "end", sort: true, noCard: true },
  { key: "last_activity_at", title: "customers.fields.last_activity_at", width: 104, sort: true },
  { key: "next_at", title: "customers.fields.next_at", width: 104, sort: true },
  { key: "tel", title: "customers.fields.tel", width: 132, optional: true, noCard: true, text: (row) => row.tel },
  { key: "size", title: "customers.fields.size", width: 112, optional: true, noCard: true },
  {
    key: "employees",
    title: "customers.fields.employees",
    width: 96,
    align: "end",
    sort: true,
    optional: true,
    noCard: true,
    text: (row) => number(row.employees),
  },
  { key: "satisfaction", title: "customers.fields.satisfaction", width: 96, optional: true, noCard: true },
  { key: "credit", title: "customers.fields.credit", width: 96, optional: true, noCard: true },
  {
    key: "short_name",
    title: "customers.fields.short_name",
    width: 120,
    optional: true,
    noCard: true,
    text: (row) => row.short_name,
  },
  { key: "last_order_date", title: "customers.fields.last_order_date", width: 112, sort: true, optional: true, noCard: true },
  { key: "created_at", title: "customers.fields.created_at", width: 140, sort: true, optional: true, noCard: true },
  {
    key: "external_id",
    title: "customers.fields.external_id",
    width: 120,
    optional: true,
    noCard: true,
    text: (row) => row.external_id,
  },
];
