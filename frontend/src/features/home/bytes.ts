import { number } from "@/shared/lib/format.ts";

const UNITS = ["B", "KB", "MB", "GB", "TB"];

/** 8.4 MB: one decimal below ten, none above. */
export function bytes(count: number): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log2(Math.max(1, count)) / 10));
  const value = count / 1024 ** power;
  return `${number(value < 10 ? Math.round(value * 10) / 10 : Math.round(value))} ${UNITS[power]}`;
}
