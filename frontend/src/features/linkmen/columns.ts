import type { LinkmanRow } from "@/api/generated/types.gen";
import type { Column } from "@/shared/lib/columns.ts";

export const columns: Column<LinkmanRow>[] = [
  { key: "name", title: "linkmen.fields.name", width: 150, sort: true },
  {
    key: "customer",
    kind: "reference",
    under: "/customers",
    title: "linkmen.fields.customer",
    width: 220,
    english: 200,
    grow: true,
  },
  { key: "position", title: "linkmen.fields.position", width: 120 },
  { key: "mobile", title: "linkmen.fields.mobile", width: 132 },
  { key: "tel", title: "linkmen.fields.tel", width: 132 },
  { key: "email", title: "linkmen.fields.email", width: 176, noCard: true },
  {
    key: "decision_role",
    kind: "choice",
    words: "linkmen.roles",
    title: "linkmen.fields.decision_role",
    width: 100,
    english: 118,
  },
  { key: "superior", kind: "reference", title: "linkmen.fields.superior", width: 96, noCard: true },
  { key: "status", kind: "choice", words: "linkmen.statuses", title: "linkmen.fields.status", width: 84, noCard: true },
  {
    key: "created_at",
    kind: "instant",
    title: "linkmen.fields.created_at",
    width: 140,
    sort: true,
    optional: true,
    noCard: true,
  },
];
