// The analyses in the order of the menu, and what each asks for besides period, manager and department.
import type { ReportCode } from "@/api/generated/types.gen";

export interface ReportDef {
  code: ReportCode;
  /** Shows what is so now; a period narrows it only when one is chosen. */
  now?: boolean;
  switch?: "with_zeros" | "with_lost";
  /** Can be narrowed to a type, category and product of service, which no other analysis takes. */
  ofServices?: boolean;
}
export const REPORTS: ReportDef[] = [
  { code: "contribution", switch: "with_zeros" },
  { code: "composition", now: true, switch: "with_lost" },
  { code: "service", ofServices: true },
  { code: "loss" },
  { code: "pipeline" },
  { code: "win-rate" },
  { code: "time-to-close" },
  { code: "reasons" },
  { code: "goals" },
  { code: "activity" },
];
export const defOf = (code: string): ReportDef | undefined => REPORTS.find((one) => one.code === code);
