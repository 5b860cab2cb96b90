// The attributes of a product as its form holds them: rows with keys of their own, so that a moved one stays itself.
import type { AttributeRead } from "@/api/generated/types.gen";

export const MOST_ATTRIBUTES = 50;
export interface AttributeRow {
  key: number;
  name: string;
  value: string;
}

export const rowsOf = (attributes: AttributeRead[]): AttributeRow[] =>
  attributes.map((one, key) => ({ key, name: one.name, value: one.value }));

export const nextKey = (rows: AttributeRow[]): number => Math.max(-1, ...rows.map(({ key }) => key)) + 1;

/** As they are sent: nobody means the spaces around a word. */
export const written = (rows: AttributeRow[]): AttributeRead[] =>
  rows.map(({ name, value }) => ({ name: name.trim(), value: value.trim() }));

/** Field of the form → what is wrong: something is missing, or a name is there twice. */
export function problemsOf(rows: AttributeRow[]): Record<string, "required" | "repeated"> {
  const found: Record<string, "required" | "repeated"> = {};
  const seen = new Set<string>();
  for (const [at, { name, value }] of written(rows).entries()) {
    if (!name) found[`attributes.${at}.name`] = "required";
    else if (seen.has(name)) found[`attributes.${at}.name`] = "repeated";
    if (!value) found[`attributes.${at}.value`] = "required";
    seen.add(name);
  }
  return found;
}
