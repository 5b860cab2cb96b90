// 仪表盘: four boards, each a few figures against the period before and the tables that tell why.
import type { ReportCode } from "@/api/generated/types.gen";

export interface Card {
  code: ReportCode;
  table: string;
  /** The column that its chart shows at first; else the table's first. */
  column?: string;
  /** Tells how things stand now, whatever period is chosen. */
  now?: boolean;
}
export interface Board {
  key: string;
  figures: [code: ReportCode, figure: string][];
  cards: Card[];
}
export const BOARDS: Board[] = [
  {
    key: "sales",
    figures: [
      ["contribution", "total"],
      ["contribution", "paid"],
      ["contribution", "unpaid"],
      ["contribution", "average"],
      ["goals", "won_amount"],
      ["goals", "won_amount_attainment"],
    ],
    cards: [
      { code: "contribution", table: "months" },
      { code: "goals", table: "won_amount_months" },
      { code: "goals", table: "paid_amount_months" },
      { code: "contribution", table: "customers" },
    ],
  },
  {
    key: "conversion",
    figures: [
      ["win-rate", "rate"],
      ["win-rate", "rate_by_value"],
      ["win-rate", "won"],
      ["win-rate", "lost"],
      ["time-to-close", "mean"],
      ["time-to-close", "median"],
    ],
    cards: [
      { code: "pipeline", table: "stages", column: "conversion" },
      { code: "win-rate", table: "sources", column: "rate" },
      { code: "time-to-close", table: "sources", column: "median" },
      { code: "reasons", table: "failed" },
      { code: "reasons", table: "closing_stages", column: "lost" },
      { code: "reasons", table: "competitors", column: "rate" },
    ],
  },
  {
    key: "team",
    figures: [
      ["goals", "won_amount_attainment"],
      ["goals", "paid_amount_attainment"],
      ["goals", "new_customers_attainment"],
      ["win-rate", "won_value"],
      ["activity", "activities"],
      ["activity", "rate"],
    ],
    cards: [
      { code: "goals", table: "won_amount_people" },
      { code: "goals", table: "won_amount_departments" },
      { code: "win-rate", table: "assignees", column: "rate" },
      { code: "time-to-close", table: "assignees", column: "median" },
      { code: "activity", table: "writers" },
      { code: "activity", table: "plans", column: "rate" },
    ],
  },
  {
    key: "business",
    figures: [
      ["contribution", "total"],
      ["contribution", "customers"],
      ["pipeline", "weighted"],
      ["loss", "loss_rate"],
      ["loss", "recovery_rate"],
      ["service", "satisfaction"],
    ],
    cards: [
      { code: "goals", table: "won_amount_months" },
      { code: "pipeline", table: "stages", column: "weighted", now: true },
      { code: "composition", table: "level", now: true },
      { code: "composition", table: "region", now: true },
      { code: "service", table: "types" },
      { code: "loss", table: "loss_reasons" },
    ],
  },
];
export const boardOf = (key: string): Board | undefined => BOARDS.find((one) => one.key === key);
