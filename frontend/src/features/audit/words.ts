// A row of the log in words. Pure: what a word is called is given; names of ids and items come with the row.
import type { AuditRow } from "@/api/generated/types.gen";
import { day, instant, money, percent } from "@/shared/lib/format.ts";
import { weekdayName } from "@/shared/lib/time.ts";
import { inWords } from "@/shared/lib/told.ts";

export type Told = Pick<AuditRow, "entity" | "changes"> & Partial<Pick<AuditRow, "kinds" | "names">>;
export interface Change {
  field: string;
  before: string;
  after: string;
}

export interface Words {
  /** The word of a key, null where there is none. */
  word: (key: string) => string | null;
  empty: string;
  /** What a customer level is called. */
  level?: (item: string) => string;
  /** What stands for a value that was erased, or is not for the reader. */
  hidden: string;
}

const first = (places: string[], { word }: Words) => places.map(word).find((found) => found !== null);

/** A field's name as its page has it, else the log's own word, else a noun that is counted, else as the API calls it. */
export function fieldName(entity: string, field: string, words: Words): string {
  const named = field.replace(/_id$/, "");
  const own = [`${entity}.fields.${field}`, `${entity}.fields.${named}`, `audit.log.${field}`, `${entity}.${field}`];
  return first([...own, `audit.fields.${field}`, `audit.entities.${field}`], words) ?? field;
}

/** Under which name the words of a field's codes stand, where that is not its plural. */
const CODES: Record<string, string> = {
  conditions: "condition",
  decision_role: "roles",
  priority: "levels",
  severity: "levels",
  sex: "sexes",
};

/** The word of a code: `assigned` of a chance's `status`. */
function codeWord(entity: string, field: string, code: string, words: Words): string {
  const groups = [CODES[field] ?? `${field}s`, `${field}es`].flatMap((group) => [
    `${entity}.${group}`,
    `audit.${group}`,
  ]);
  return (
    (/^\w+$/.test(code) &&
      first(
        groups.map((group) => `${group}.${code}`),
        words,
      )) ||
    code
  );
}

function plain(entity: string, field: string, value: unknown, words: Words): string {
  if (Array.isArray(value)) return value.map((one) => plain(entity, field, one, words)).join(", ");
  if (typeof value === "string") return codeWord(entity, field, value, words);
  if (typeof value !== "object" || value === null) return String(value);
  if ("code" in value && "facts" in value) return inWords(value, words.word);
  return Object.values(value).filter(Boolean).join(" ");
}

/** A setting's value by its name: `work.days` holds days of the week, `customers.required` fields of a customer. */
function settingText(name: unknown, value: unknown, words: Words): string {
  if (Array.isArray(value)) return value.map((one) => settingText(name, one, words)).join(", ");
  if (typeof value === "number") return name === "work.days" ? weekdayName(value) : String(value);
  if (typeof value === "string")
    return first([`customers.fields.${value}`, `settings.switch.${value}`], words) ?? value;
  if (typeof value !== "object" || value === null) return plain("settings", "value", value, words);
  return Object.entries(value)
    .flatMap(([key, one]) =>
      ["date", "name"].includes(key) ? (one ? [one] : []) : [`${words.level?.(key) ?? key}: ${String(one)}`],
    )
    .join(" ");
}

const yes = ({ word }: Words, value: unknown) => word(value ? "common.yes" : "common.no") ?? String(value);

function valueText(row: Told, field: string, place: 0 | 1, words: Words): string {
  const value = row.changes[field]?.[place];
  if (value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0))
    return words.empty;
  const name = row.names?.[field]?.[place];
  if (name) return name;
  if (row.entity === "settings" && field === "name")
    return words.word(`settings.names.${String(value)}`) ?? String(value);
  if (row.entity === "settings" && field === "value") return settingText(row.changes.name?.[1], value, words);
  switch (typeof value === "boolean" ? "boolean" : row.kinds?.[field]) {
    case "reference":
      return `#${String(value)}`;
    case "money":
      return money(String(value));
    case "fraction":
      return percent(Number(value) * 100);
    case "day":
      return day(String(value));
    case "instant":
      return instant(String(value));
    case "boolean":
      return yes(words, value);
    default:
      return plain(row.entity, field, value, words);
  }
}

/** What a row changed; values that are gone on both sides were erased, or are not shown. */
export function changesOf(row: Told, words: Words): Change[] {
  const told = Object.entries(row.changes).filter(([field]) => field !== "id");
  return told.map(([field, [before, after]]) => {
    const gone = before === null && after === null;
    return {
      field: fieldName(row.entity, field, words),
      before: gone ? words.hidden : valueText(row, field, 0, words),
      after: gone ? words.hidden : valueText(row, field, 1, words),
    };
  });
}

/** One line: `金额: 5 → 8；阶段: …` */
export const inOneLine = (changes: Change[], empty: string): string =>
  changes
    .map(({ field, before, after }) => `${field}: ${before === empty ? after : `${before} → ${after}`}`)
    .join("; ");
