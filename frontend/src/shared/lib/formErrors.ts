// Field messages from two judges: the generated schema before sending, the server's 422 after.
import type { FieldProblem } from "@/api/errors.ts";
import { hasKey, t } from "./i18n.ts";

export type FieldErrors = Record<string, string>;

export interface Issue {
  code?: string | undefined;
  path: PropertyKey[];
  message: string;
  input?: unknown;
  minimum?: unknown;
  maximum?: unknown;
  format?: unknown;
}

/** The part of a zod schema that a form needs; a zod/mini schema fits as it is. */
export interface Schema {
  safeParse: (
    value: unknown,
    options?: { reportInput?: boolean },
  ) => { success: boolean; error?: { issues: Issue[] } | undefined };
}

/** `/lines/0/count` → `lines.0.count`; `~1` and `~0` are the pointer's escapes. */
export function fieldOf(pointer: string): string {
  return pointer
    .replace(/^#?\//, "")
    .split("/")
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .join(".");
}

function issueText(issue: Issue): string {
  const empty = issue.input === undefined || issue.input === null || issue.input === "";
  if (empty || (issue.code === "too_small" && issue.minimum === 1 && typeof issue.input === "string")) {
    return t("errors.field.required");
  }
  const named = { min: issue.minimum, max: issue.maximum };
  const text = typeof issue.input === "string";
  const key = `errors.field.${issue.code}${text && issue.code?.startsWith("too_") ? "_text" : ""}`;
  return hasKey(key) ? t(key, named) : t("errors.field.invalid");
}

export function schemaErrors(schema: Schema, values: unknown): FieldErrors {
  const result = schema.safeParse(values, { reportInput: true });
  const errors: FieldErrors = {};
  for (const issue of result.error?.issues ?? []) errors[issue.path.join(".")] ??= issueText(issue);
  return errors;
}

export function serverErrors(problems: FieldProblem[]): FieldErrors {
  const errors: FieldErrors = {};
  for (const problem of problems) {
    const key = `errors.field.${problem.code}`;
    errors[fieldOf(problem.pointer)] ??= hasKey(key) ? t(key) : problem.message.replace(/[.。]$/, "");
  }
  return errors;
}

/** What people leave empty is null, and nobody means the spaces around a name. */
export function tidy<Values extends object>(values: Values): Values {
  const entries = Object.entries(values).map(([key, value]) => {
    if (typeof value !== "string") return [key, value];
    const trimmed = value.trim();
    return [key, trimmed === "" ? null : trimmed];
  });
  return Object.fromEntries(entries) as Values;
}
