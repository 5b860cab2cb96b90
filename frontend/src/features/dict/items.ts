// What the dictionary's screen works out by itself: codes for new values, the words of where a value is used.
import type { DictItemRead, DictTypeRead, DictUseRead } from "@/api/generated/types.gen";
import { total } from "@/shared/lib/format.ts";
import { hasKey, language, t } from "@/shared/lib/i18n.ts";

const LONGEST = 40;

/** Records carry a short code: from the English word, else a counted one; never one that is taken. */
export function codeFor(english: string | null, taken: string[]): string {
  const slug = (english ?? "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replaceAll(/^_+|_+$/g, "")
    .slice(0, LONGEST);
  const stem = slug || "value";
  if (slug && !taken.includes(slug)) return slug;
  let n = 2;
  while (taken.includes(`${stem}_${n}`)) n += 1;
  return `${stem}_${n}`;
}

export const wordOf = (item: DictItemRead): string =>
  language() === "en-US" ? (item.value_en ?? item.value) : item.value;

export const typeName = (type: string): string => (hasKey(`dict.types.${type}`) ? t(`dict.types.${type}`) : type);

/** 客户 120 条、机会 8 条 */
export function usesText(uses: DictUseRead[]): string {
  const words = uses.map(({ noun, count, is_exact }) =>
    t("dict.use", { noun: hasKey(`dict.nouns.${noun}`) ? t(`dict.nouns.${noun}`) : noun, n: total(count, is_exact) }),
  );
  return words.join(t("dict.and"));
}

const isUse = (value: unknown): value is DictUseRead =>
  typeof value === "object" && value !== null && "noun" in value && "count" in value;

/** The uses that a 409 `in_use` tells; null for any other problem. */
export function usesOf(problem: Record<string, unknown>): DictUseRead[] | null {
  if (problem.code !== "in_use" || !Array.isArray(problem.uses)) return null;
  return problem.uses.filter(isUse);
}

/** Types by the place of the business they belong to; what is new to this list comes last. */
const ORDER = [
  ["level", "region", "industry", "size", "source"],
  ["contact_kind", "purpose"],
  ["success_reason", "fail_reason"],
  ["service_type", "service_category", "service_channel"],
  ["payment_method", "warehouse", "loss_reason"],
].flat();

const place = (type: string) => (ORDER.includes(type) ? ORDER.indexOf(type) : ORDER.length);

export function sorted(types: DictTypeRead[]): DictTypeRead[] {
  return types.toSorted((a, b) => place(a.type) - place(b.type));
}
