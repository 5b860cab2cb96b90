import type { CustomerRow, ListCustomersData } from "@/api/generated/types.gen";
import { type Column, sortKey } from "@/shared/lib/columns.ts";
import type { FieldRules } from "./rules.ts";
import { LEVEL_TONES, STATUS_TONES } from "./tones.ts";

const COLUMNS: Column<CustomerRow>[] = [
  { key: "name", title: "customers.fields.name", width: 212, english: 150, grow: true, sort: true },
  {
    key: "number",
    title: "customers.fields.number",
    width: 168,
    sort: true,
    noCard: true,
  },
  {
    key: "level",
    kind: "item",
    tag: "plain",
    tones: LEVEL_TONES,
    title: "customers.fields.level",
    width: 130,
    english: 134,
  },
  {
    key: "status",
    kind: "choice",
    words: "customers.statuses",
    tag: "dot",
    tones: STATUS_TONES,
    title: "customers.fields.status",
    width: 96,
    english: 92,
    noCard: true,
  },
  { key: "region", kind: "item", title: "customers.fields.region", width: 84, optional: true },
  { key: "industry", kind: "item", title: "customers.fields.industry", width: 112, english: 116 },
  { key: "manager", kind: "person", title: "customers.fields.manager", width: 104, english: 132 },
  {
    key: "turnover",
    title: "customers.fields.turnover",
    width: 108,
    english: 118,
    align: "end",
    sort: true,
    noCard: true,
  },
  {
    key: "last_activity_at",
    kind: "day",
    title: "customers.fields.last_activity_at",
    width: 104,
    english: 118,
    sort: true,
  },
  {
    key: "next_at",
    kind: "day",
    deadline: () => true,
    title: "customers.fields.next_at",
    width: 104,
    english: 104,
    sort: true,
  },
  { key: "tel", title: "customers.fields.tel", width: 132, optional: true, noCard: true },
  { key: "size", kind: "item", title: "customers.fields.size", width: 112, optional: true, noCard: true },
  {
    key: "employees",
    kind: "number",
    title: "customers.fields.employees",
    width: 96,
    align: "end",
    sort: true,
    optional: true,
    noCard: true,
  },
  { key: "satisfaction", title: "customers.fields.satisfaction", width: 96, optional: true, noCard: true },
  { key: "credit", title: "customers.fields.credit", width: 96, optional: true, noCard: true },
  {
    key: "short_name",
    title: "customers.fields.short_name",
    width: 120,
    optional: true,
    noCard: true,
  },
  {
    key: "last_order_date",
    kind: "day",
    title: "customers.fields.last_order_date",
    width: 112,
    sort: true,
    optional: true,
    noCard: true,
  },
  {
    key: "created_at",
    kind: "instant",
    title: "customers.fields.created_at",
    width: 140,
    sort: true,
    optional: true,
    noCard: true,
  },
  {
    key: "external_id",
    title: "customers.fields.external_id",
    width: 120,
    optional: true,
    noCard: true,
  },
];

/** The columns that the administrator left, without the turnover for who may not see the finances of anybody. */
export const columnsOf = (rules: FieldRules, finance: boolean): Column<CustomerRow>[] =>
  COLUMNS.filter(({ key }) => rules.shown(key) && (finance || key !== "turnover"));

/** A link of a colleague may sort by what is not here: then the list has its usual order. */
export function sortable(query: ListCustomersData["query"], columns: Column<CustomerRow>[]): typeof query {
  const wanted = query?.sort?.replace(/^-/, "");
  return !wanted || columns.some((column) => sortKey(column) === wanted) ? query : { ...query, sort: "-created_at" };
}
