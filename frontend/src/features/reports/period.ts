// Ready-made periods of reports, as local dates with both ends included.
export const PRESETS = ["month", "last-month", "quarter", "last-quarter", "year", "last-year", "custom"] as const;
export type Preset = (typeof PRESETS)[number];
export interface Range {
  from: string;
  to: string;
}
const MONTHS_A_YEAR = 12;
const LENGTHS = { month: 1, quarter: 3, year: 12 };

const iso = (date: Date) => date.toISOString().slice(0, 10);
/** The first day of the month that lies `months` after January of year 0. */
const firstOf = (months: number) => new Date(Date.UTC(Math.floor(months / MONTHS_A_YEAR), months % MONTHS_A_YEAR, 1));

/** The days of a preset around `today` (YYYY-MM-DD); a period that runs is shown whole, to its last day. */
export function rangeOf(preset: Exclude<Preset, "custom">, today: string): Range {
  const [year, month] = today.split("-").map(Number) as [number, number];
  const unit = preset.replace("last-", "") as keyof typeof LENGTHS;
  const length = LENGTHS[unit];
  const place = year * MONTHS_A_YEAR + month - 1;
  const start = place - (place % length) - (preset.startsWith("last-") ? length : 0);
  const end = firstOf(start + length);
  end.setUTCDate(0);
  return { from: iso(firstOf(start)), to: iso(end) };
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
