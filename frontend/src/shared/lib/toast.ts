// Short messages at the edge of the screen, spoken by a live region, and the one place that words an error.
import { reactive, ref } from "vue";
import { type ApiError, toApiError } from "@/api/errors.ts";
import { hasKey, t } from "./i18n.ts";

export interface Toast {
  id: number;
  tone: "success" | "error" | "info";
  text: string;
  detail?: string | undefined;
  action?: { label: string; run: () => void } | undefined;
}

export const toasts = reactive<Toast[]>([]);
/** Read aloud by screen readers: result counts, moves on a board, finished saves. */
export const announcement = ref("");
let next = 1;

export function announce(text: string): void {
  announcement.value = "";
  requestAnimationFrame(() => (announcement.value = text));
}

export function dismiss(id: number): void {
  const at = toasts.findIndex((toast) => toast.id === id);
  if (at >= 0) toasts.splice(at, 1);
}

function show(given: Omit<Toast, "id">, seconds: number): number {
  const twin = toasts.find((toast) => toast.text === given.text && !given.action);
  if (twin) dismiss(twin.id);
  const id = next++;
  toasts.push({ id, ...given });
  setTimeout(() => dismiss(id), seconds * 1000);
  return id;
}

export const toast = {
  success: (text: string) => show({ tone: "success", text }, 4),
  info: (text: string) => show({ tone: "info", text }, 5),
  /** What was done, with a way to go there. */
  offer: (text: string, label: string, run: () => void) => show({ tone: "success", text, action: { label, run } }, 8),
  /** Deletes and bulk edits: eight seconds to think again. */
  undo: (text: string, run: () => void) => show({ tone: "success", text, action: { label: t("common.undo"), run } }, 8),
  /** A step that a reverse step takes back, with the version that it gave; what is refused by then says why. */
  reversible(text: string, reverse: () => Promise<unknown>) {
    return this.undo(text, () => {
      reverse().then(
        () => this.success(t("common.undone")),
        (refusal: unknown) => this.error(refusal),
      );
    });
  },
  error(error: unknown) {
    const problem = toApiError(error);
    if (problem.kind === "cancelled" || problem.kind === "away" || problem.kind === "signed-out") return 0; // told by bar or dialog
    const detail = problem.requestId ? t("errors.request", { id: problem.requestId }) : undefined;
    return show({ tone: "error", text: wording(problem), detail }, 10);
  },
};

/** The sentence for an error: our own words for a known type, else what the server said. */
export function wording(error: ApiError): string {
  if (error.kind === "throttled" && error.retryAfter)
    return t("errors.throttled", { time: waitTime(error.retryAfter) });
  const key = `errors.type.${error.code}`;
  if (hasKey(key)) return t(key);
  const kind = `errors.kind.${error.kind}`;
  if (error.kind === "other" && error.status >= 500) return t(kind);
  return error.problem.detail || (hasKey(kind) ? t(kind) : error.problem.title);
}

export function waitTime(seconds: number): string {
  return seconds < 90
    ? t("errors.seconds", { n: Math.ceil(seconds) })
    : t("errors.minutes", { n: Math.ceil(seconds / 60) });
}
