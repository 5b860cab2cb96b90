import { t } from "@/shared/lib/i18n.ts";

export const MIN_PASSWORD = 10;

/** The rules a browser can know; the server has the last word. */
export function passwordErrors(password: string | null, again: string | null): Record<string, string> {
  const errors: Record<string, string> = {};
  if ((password ?? "").length < MIN_PASSWORD) errors.password = t("auth.tooShort", { n: MIN_PASSWORD });
  else if (password !== again) errors.again = t("auth.notSame");
  return errors;
}
