// Ready-made periods of reports, as local dates with both ends included.
import { addDays, firstOfMonth } from "@/shared/lib/time.ts";

export const PRESETS = ["month", "last-month", "quarter", "last-quarter", "year", "last-year", "custom"] as const;
export type Preset = (typeof PRESETS)[number];
export interface Range {
  from: string;
  to: string;
}
const MONTHS_A_YEAR = 12;
const LENGTHS = { month: 1, quarter: 3, year: 12 };

/** The days of a preset around `today` (YYYY-MM-DD); a period that runs is shown whole, to its last day. */
export function rangeOf(preset: Exclude<Preset, "custom">, today: string): Range {
  const [year, month] = today.split("-").map(Number) as [number, number];
  const unit = preset.replace("last-", "") as keyof typeof LENGTHS;
  const length = LENGTHS[unit];
  const place = year * MONTHS_A_YEAR + month - 1;
  const start = place - (place % length) - (preset.startsWith("last-") ? length : 0);
  return { from: firstOfMonth(start), to: addDays(firstOfMonth(start + length), -1) };
}

/** Which preset a range is, so that a link from elsewhere shows its name. */
export function presetOf(range: Range, today: string): Preset {
  const found = PRESETS.find((preset) => {
    if (preset === "custom") return false;
    const { from, to } = rangeOf(preset, today);
    return from === range.from && to === range.to;
  });
  return found ?? "custom";
}
