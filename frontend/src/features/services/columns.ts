// The columns of the service list and the colours of its states.
import type { ServiceRow } from "@/api/generated/types.gen";
import type { Column } from "@/shared/lib/columns.ts";
import type { Tone } from "@/shared/ui/StatusTag.vue";

export const columns: Column<ServiceRow>[] = [
  { key: "title", title: "services.title", width: 168, english: 124, grow: true, sort: true },
  { key: "number", title: "services.number", width: 178, sort: true, text: (row) => row.number },
  { key: "customer", title: "services.customer", width: 160, english: 116, grow: true },
  { key: "type", title: "services.type", width: 92, english: 136 },
  { key: "priority", title: "services.priority", width: 76, english: 92, sort: true },
  { key: "status", title: "services.status", width: 98, english: 110, sort: true },
  { key: "assignee", title: "services.assignee", width: 84, english: 88 },
  { key: "deadline", title: "services.deadline", width: 158, sort: true },
  { key: "satisfaction", title: "services.satisfaction", width: 96, english: 100, sort: true },
  { key: "opened_at", title: "services.opened_at", width: 104, sort: true },
  { key: "category", title: "services.category", width: 110, english: 150, optional: true },
  { key: "channel", title: "services.channel", width: 92, optional: true },
  { key: "product", title: "services.product", width: 140, optional: true, text: (row) => row.product?.name },
  { key: "creator", title: "services.creator", width: 92, optional: true, text: (row) => row.creator.name },
  { key: "closed_at", title: "services.closed_at", width: 112, optional: true, sort: true },
];

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
