// The log of a service in words. One step writes to the service and to its round: what happened at one instant is one entry.
import { instant } from "@/shared/lib/format.ts";
import { t } from "@/shared/lib/i18n.ts";
import { inWords } from "@/shared/lib/told.ts";
import type { ChangedField, Logged } from "@/shared/ui/RecordHistory.vue";

export interface Names {
  person: (id: number) => string;
  customer: (id: number) => string;
  product: (id: number) => string;
  dict: (type: string, item: string) => string;
}

/** What tells most about a step that wrote several entries. */
const WEIGHT = ["reopen", "feedback", "deal", "visit"];
const weight = (action: string) => (WEIGHT.includes(action) ? WEIGHT.indexOf(action) : WEIGHT.length);

/** Newest first in, newest first out. */
export function grouped(rows: Logged[]): Logged[] {
  const found: Logged[] = [];
  for (const row of rows) {
    const last = found.at(-1);
    if (last?.at === row.at && last.actor?.id === row.actor?.id) {
      const action = weight(row.action) < weight(last.action) ? row.action : last.action;
      found[found.length - 1] = { ...last, action, changes: { ...row.changes, ...last.changes } };
    } else found.push(row);
  }
  return found;
}

/** Told by another field, or nobody's business. */
const SHOWN: Record<string, string> = {
  title: "text",
  request: "text",
  type: "service_type",
  category: "service_category",
  channel: "service_channel",
  priority: "level",
  severity: "level",
  status: "status",
  assignee_id: "person",
  customer_id: "customer",
  linkman_id: "some",
  product_id: "product",
  department_id: "some",
  deadline: "instant",
  cause: "text",
  measure: "text",
  reason: "text",
  deal: "text",
  visit_note: "text",
  result: "text",
  satisfaction: "stars",
  void_reason: "text",
};
const DICT = new Set(["service_type", "service_category", "service_channel"]);

function say(kind: string, value: unknown, names: Names): string {
  if (value === null || value === undefined || value === "") return "—";
  const text = inWords(value);
  if (DICT.has(kind)) return names.dict(kind, text);
  switch (kind) {
    case "level":
      return t(`services.levels.${text}`);
    case "status":
      return t(`services.statuses.${text}`);
    case "person":
      return names.person(Number(value));
    case "customer":
      return names.customer(Number(value));
    case "product":
      return names.product(Number(value));
    case "instant":
      return instant(text);
    case "stars":
      return t("services.stars", { n: Number(value) });
    case "some":
      return t("services.changed");
    default:
      return text;
  }
}

export function lines(changes: Logged["changes"], names: Names): ChangedField[] {
  return Object.entries(changes).flatMap(([field, [before, after]]) => {
    const kind = SHOWN[field];
    if (!kind) return [];
    const label = t(`services.fields.${field.replace(/_id$/, "")}`);
    const known = before !== null && before !== undefined && before !== "" && kind !== "some";
    return [{ field, label, before: known ? say(kind, before, names) : null, after: say(kind, after, names) }];
  });
}
