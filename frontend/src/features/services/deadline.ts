// How a deadline reads: what is late says by how much, what is near says when, the rest is a date.
import { instant, relative } from "@/shared/lib/format.ts";
import { t } from "@/shared/lib/i18n.ts";
import { minutesUntil, now as present } from "@/shared/lib/time.ts";

export interface Due {
  text: string;
  tone: "late" | "near" | "plain";
}
const HOUR = 60;
const DAY = 1440;

/** Rough on purpose: nobody acts on the minutes of a day. */
export function lateness(minutes: number): string {
  if (minutes < HOUR) return t("services.lateMinutes", { n: Math.max(1, minutes) });
  if (minutes < DAY) return t("services.lateHours", { n: Math.floor(minutes / HOUR) });
  return t("services.lateDays", { n: Math.floor(minutes / DAY) });
}

export function due(
  service: { deadline: string | null; overdue: boolean; status: string },
  now: Date = present(),
): Due | null {
  if (!service.deadline) return null;
  const minutes = Math.floor(minutesUntil(service.deadline, now));
  const waits = service.status === "created" || service.status === "assigned";
  if (service.overdue || (waits && minutes < 0)) return { text: lateness(-minutes), tone: "late" };
  if (waits && minutes < 2 * DAY)
    return { text: relative(service.deadline, now), tone: minutes < DAY ? "near" : "plain" };
  return { text: instant(service.deadline).slice(5), tone: "plain" };
}
