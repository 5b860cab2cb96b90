// Settings as a file: read again, and what the server says against its values.
import type { FieldProblem } from "@/api/errors.ts";
import type { SettingsImport } from "@/api/generated/types.gen";
import { fieldOf } from "@/shared/lib/formErrors.ts";
import { hasKey, t } from "@/shared/lib/i18n.ts";

/** Null for what is no file of settings; what its values are worth the server says. */
export function readFile(text: string): SettingsImport | null {
  try {
    const { format, settings } = JSON.parse(text) as Partial<SettingsImport>;
    const named = typeof settings === "object" && settings !== null && !Array.isArray(settings);
    return format === "kith-settings" && named ? { format, settings } : null;
  } catch {
    return null;
  }
}

export interface Wrong {
  name: string;
  message: string;
}
/** `/settings/lost.days/int` is about lost.days; of several refusals of a setting the first is told. */
export function wrongIn(problems: FieldProblem[]): Wrong[] {
  const found = new Map<string, string>();
  for (const { pointer, code, message } of problems) {
    const name = pointer.split("/")[2];
    const place = name === undefined ? "" : fieldOf(name);
    if (!found.has(place)) found.set(place, wording(code, message));
  }
  return [...found].map(([name, message]) => ({ name, message }));
}
function wording(code: string, message: string): string {
  const key = [`settings.refusals.${code}`, `errors.field.${code}`].find((one) => hasKey(one));
  if (key) return t(key);
  return /^(int|string|list|dict|model|bool|float|literal)_|^extra_forbidden$/.test(code)
    ? t("errors.field.invalid")
    : message;
}
