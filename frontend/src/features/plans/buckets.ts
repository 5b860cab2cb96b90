// Overdue, today, the rest of this week (to Sunday), later: the server's buckets, told again for rows that are here.
import { addDays, weekdayOf } from "@/shared/lib/time.ts";

export const BUCKETS = ["overdue", "today", "week", "later"] as const;
export type Bucket = (typeof BUCKETS)[number];

export function weekEnd(today: string): string {
  return addDays(today, 7 - weekdayOf(today));
}

export function bucketOf(date: string, today: string): Bucket {
  if (date < today) return "overdue";
  if (date === today) return "today";
  return date <= weekEnd(today) ? "week" : "later";
}

export function grouped<Row extends { date: string }>(rows: Row[], today: string): { bucket: Bucket; rows: Row[] }[] {
  return BUCKETS.map((bucket) => ({ bucket, rows: rows.filter((row) => bucketOf(row.date, today) === bucket) })).filter(
    (group) => group.rows.length > 0,
  );
}
