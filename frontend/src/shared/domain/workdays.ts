// Which days the company works: its weekdays, its days off, and the days worked in exchange. Nothing is refused because of it.
import { useQuery } from "@tanstack/vue-query";
import { getPublicSettingsOptions } from "@/api/generated/@tanstack/vue-query.gen";
import type { PublicSettings } from "@/api/generated/types.gen";
import messages from "@/locales/zh-CN/workdays.json";
import { addMessages, language, t } from "../lib/i18n.ts";
import { addDays, weekdayName, weekdayOf } from "../lib/time.ts";

addMessages("workdays", messages);

export type WorkTime = Pick<
  PublicSettings,
  "work_days" | "work_start" | "work_end" | "work_holidays" | "work_extra_days"
>;
const TEN_MINUTES = 600_000;
/** Longer than any row of days off. */
const MOST = 600;

export function isWorkday(day: string, time: WorkTime): boolean {
  const on = (one: { date: string }) => one.date === day;
  if (time.work_extra_days.some(on)) return true;
  return time.work_days.includes(weekdayOf(day)) && !time.work_holidays.some(on);
}

/** The day itself when it is worked, else the first one after it that is. */
export function nextWorkday(day: string, time: WorkTime): string {
  for (let n = 0; n < MOST; n++) if (isWorkday(addDays(day, n), time)) return addDays(day, n);
  return day;
}

/** Why nobody works that day: 周六休息, Holiday: …; empty when it is worked. */
export function offText(day: string, time: WorkTime): string {
  if (isWorkday(day, time)) return "";
  const holiday = time.work_holidays.find((one) => one.date === day);
  if (holiday?.name) return t("workdays.holiday", { name: holiday.name });
  if (holiday) return t("workdays.off");
  return t("workdays.weekday", { day: weekdayName(weekdayOf(day), language() === "zh-CN" ? "short" : "long") });
}

/** The company's own; until it has been read every day passes for a working day. */
export function useWorkdays(wanted: () => boolean = () => true) {
  const { data: time } = useQuery({ ...getPublicSettingsOptions(), staleTime: TEN_MINUTES, enabled: wanted });
  return {
    time,
    isOff: (day: string): boolean => Boolean(time.value && !isWorkday(day, time.value)),
    next: (day: string): string => (time.value ? nextWorkday(day, time.value) : day),
    offText: (day: string | null | undefined): string => (time.value && day ? offText(day, time.value) : ""),
  };
}
