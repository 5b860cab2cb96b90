// The facts of a customer: which group they stand in, how they are edited. The page and the form read the same list.
import type { CustomerPatch } from "@/api/generated/types.gen";

/** `finance` needs a right of its own; what public registers tell does not. */
export type Group = "basic" | "contact" | "register" | "finance" | "relation";
export type Kind = "text" | "words" | "whole" | "money" | "dict" | "stars" | "tel" | "email" | "link";
type Name = Exclude<keyof CustomerPatch, "parent_id" | "confirm_new">;

export interface Field {
  name: Name;
  group: Group;
  kind: Kind;
  wide?: boolean;
  /** Shown on the page only when filled (old tax numbers). */
  quiet?: boolean;
}

export const FIELDS: Field[] = [
  { name: "name", group: "basic", kind: "text", wide: true },
  { name: "short_name", group: "basic", kind: "text" },
  { name: "level", group: "basic", kind: "dict" },
  { name: "region", group: "basic", kind: "dict" },
  { name: "industry", group: "basic", kind: "dict" },
  { name: "size", group: "basic", kind: "dict" },
  { name: "employees", group: "basic", kind: "whole" },
  { name: "founded_year", group: "basic", kind: "whole" },
  { name: "source", group: "basic", kind: "dict" },
  { name: "tel", group: "contact", kind: "tel" },
  { name: "fax", group: "contact", kind: "text" },
  { name: "email", group: "contact", kind: "email" },
  { name: "website", group: "contact", kind: "link" },
  { name: "zip", group: "contact", kind: "text" },
  { name: "address", group: "contact", kind: "text", wide: true },
  { name: "credit_code", group: "register", kind: "text" },
  { name: "licence_no", group: "register", kind: "text" },
  { name: "legal_representative", group: "register", kind: "text" },
  { name: "registered_capital", group: "finance", kind: "money" },
  { name: "turnover", group: "finance", kind: "money" },
  { name: "credit_limit", group: "finance", kind: "money" },
  { name: "payment_days", group: "finance", kind: "whole" },
  { name: "bank", group: "finance", kind: "text" },
  { name: "bank_account", group: "finance", kind: "text" },
  { name: "local_tax_no", group: "finance", kind: "text", quiet: true },
  { name: "national_tax_no", group: "finance", kind: "text", quiet: true },
  { name: "satisfaction", group: "relation", kind: "stars" },
  { name: "credit", group: "relation", kind: "stars" },
  { name: "memo", group: "relation", kind: "words", wide: true },
];
export const GROUPS: Group[] = ["basic", "contact", "register", "finance", "relation"];
const NUMERIC = new Set<string>(
  FIELDS.filter(({ kind }) => kind === "whole" || kind === "stars").map(({ name }) => name),
);

/** What was typed, as the API wants it: whole numbers as numbers, money without separators. */
export function typed(name: string, value: string | null): string | number | null {
  if (value === null || value.trim() === "") return null;
  const text = value.trim();
  if (NUMERIC.has(name)) return Number(text.replaceAll(/[,，\s]/g, ""));
  if (FIELDS.some((field) => field.name === name && field.kind === "money")) return text.replaceAll(/[,，\s¥￥]/g, "");
  return text;
}

/** http(s) addresses become links; anything else stays text, so that no stored word can run as a script. */
export function webAddress(value: string | null): string | undefined {
  if (!value) return undefined;
  if (/^https?:\/\//i.test(value)) return value;
  return /^[\w-]+(\.[\w-]+)+(\/\S*)?$/.test(value) ? `https://${value}` : undefined;
}
