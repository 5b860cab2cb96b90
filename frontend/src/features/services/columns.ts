// The columns of the service list and the colours of its states.
import type { ServiceRow } from "@/api/generated/types.gen";
import type { Column } from "@/shared/lib/columns.ts";
import { t } from "@/shared/lib/i18n.ts";
import type { Tone } from "@/shared/ui/StatusTag.vue";

export const STATUSES = ["created", "assigned", "dealt", "archived", "void"] as const;
export const LEVELS = ["high", "mid", "low"] as const;
export type Level = (typeof LEVELS)[number];

export const TONES: Record<string, Tone> = {
  created: "warning",
  assigned: "brand",
  dealt: "violet",
  archived: "success",
  void: "neutral",
};
export const LEVEL_TONES: Record<string, Tone> = { high: "danger", mid: "neutral", low: "neutral" };
export const TYPE_TONES: Record<string, Tone> = { complaint: "danger", inquiry: "brand" };

export const columns: Column<ServiceRow>[] = [
  { key: "title", title: "services.fields.title", width: 168, english: 124, grow: true, sort: true },
  { key: "number", title: "services.fields.number", width: 178, sort: true },
  {
    key: "customer",
    kind: "reference",
    under: "/customers",
    otherwise: () => t("common.someone.customer"),
    title: "services.fields.customer",
    width: 160,
    english: 116,
    grow: true,
  },
  {
    key: "type",
    kind: "item",
    type: "service_type",
    tag: "plain",
    tones: TYPE_TONES,
    title: "services.fields.type",
    width: 92,
    english: 136,
  },
  {
    key: "priority",
    kind: "choice",
    words: "services.levels",
    tag: "plain",
    tones: LEVEL_TONES,
    title: "services.fields.priority",
    width: 76,
    english: 92,
    sort: true,
  },
  {
    key: "status",
    kind: "choice",
    words: "services.statuses",
    tag: "dot",
    tones: TONES,
    title: "services.fields.status",
    width: 98,
    english: 110,
    sort: true,
  },
  { key: "assignee", title: "services.fields.assignee", width: 84, english: 88 },
  { key: "deadline", title: "services.fields.deadline", width: 158, sort: true },
  { key: "satisfaction", title: "services.fields.satisfaction", width: 96, english: 100, sort: true },
  { key: "opened_at", kind: "day", title: "services.fields.opened_at", width: 104, sort: true },
  {
    key: "category",
    kind: "item",
    type: "service_category",
    title: "services.fields.category",
    width: 110,
    english: 150,
    optional: true,
  },
  {
    key: "channel",
    kind: "item",
    type: "service_channel",
    title: "services.fields.channel",
    width: 92,
    optional: true,
  },
  { key: "product", kind: "reference", title: "services.fields.product", width: 140, optional: true },
  { key: "creator", kind: "person", title: "services.fields.creator", width: 92, optional: true },
  { key: "closed_at", kind: "day", title: "services.fields.closed_at", width: 112, optional: true, sort: true },
];
