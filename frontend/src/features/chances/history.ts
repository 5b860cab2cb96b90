// A log entry in words: which field, what it was, what it became. Ids become names, items labels; bookkeeping is left out.
import { instant, money, percent } from "@/shared/lib/format.ts";
import { t } from "@/shared/lib/i18n.ts";
import { inWords } from "@/shared/lib/told.ts";
import type { ChangedField, Logged } from "@/shared/ui/RecordHistory.vue";

export interface Names {
  person: (id: number) => string;
  stage: (id: number) => string;
  customer: (id: number) => string;
  product: (id: number) => string;
  competitor: (id: number) => string;
  dict: (type: string, item: string) => string;
}

const PEOPLE = new Set(["assignee_id", "creator_id", "proposed_id"]);
/** Told by another field, or nobody's business. */
const SKIPPED = new Set([
  "id",
  "number",
  "first_assigned_on",
  "assigned_at",
  "closed_at",
  "opened_at",
  "deleted_at",
  "deleted_by",
  "external_id",
  "last_activity_at",
  "owner_id",
  "rate_is_manual",
]);

/** `stage_id` is the stage: the screen knows one word for both. */
const LABELS: Record<string, string> = {
  stage_id: "stage",
  assignee_id: "assignee",
  creator_id: "creator",
  proposed_id: "proposed",
  customer_id: "customer",
  product_id: "product",
  competitor_id: "competitor",
};

function say(field: string, value: unknown, names: Names, won: boolean): string {
  if (value === null || value === undefined || value === "") return "—";
  if (PEOPLE.has(field)) return names.person(Number(value));
  const text = inWords(value);
  switch (field) {
    case "stage_id":
      return names.stage(Number(value));
    case "customer_id":
      return names.customer(Number(value));
    case "product_id":
      return names.product(Number(value));
    case "status":
      return t(`chances.statuses.${text}`);
    case "importance":
      return t(`chances.importances.${text}`);
    case "competitor_id":
      return names.competitor(Number(value));
    case "source":
      return names.dict(field, text);
    case "close_reason":
      return names.dict(won ? "success_reason" : "fail_reason", text);
    case "amount":
    case "close_value":
      return money(text);
    case "rate":
      return percent(text);
    case "next_at":
      return instant(text);
    default:
      return text;
  }
}

export function lines(changes: Logged["changes"], names: Names, status: string): ChangedField[] {
  const became = changes.status?.[1] ?? status;
  return Object.entries(changes)
    .filter(([field]) => !SKIPPED.has(field))
    .map(([field, [before, after]]) => ({
      field,
      label: t(`chances.fields.${LABELS[field] ?? field}`),
      before: before === null || before === undefined ? null : say(field, before, names, became === "succeeded"),
      after: say(field, after, names, became === "succeeded"),
    }));
}
