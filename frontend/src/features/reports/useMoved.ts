// How a figure moved against the period before, in words.
import { useI18n } from "vue-i18n";
import type { Figure } from "@/api/generated/types.gen";
import { number } from "@/shared/lib/format.ts";
import { hasKey } from "@/shared/lib/i18n.ts";
import { change, meaning } from "./values.ts";

/** Whether a figure moved for good or bad, by what it means: fewer lost customers is good. */
const toneOf = (figure: Figure): "good" | "bad" | "plain" => meaning(figure.key, change(figure));

export function useMoved() {
  const { t } = useI18n();
  /** Up, down or as before; null when the two say nothing to each other. */
  function moved(figure: Figure): string | null {
    const by = change(figure);
    if (by === null) return null;
    if (by === 0) return t("reports.same");
    const unit = t(figure.kind === "percent" ? "reports.points" : "reports.percent", {
      n: number(Math.abs(by).toFixed(1)),
    });
    return t(by > 0 ? "reports.up" : "reports.down", { by: unit });
  }
  /** A figure's name; some mean something of their own in one report, or stand alone and need a longer one. */
  function nameOf(code: string, key: string, alone = false): string {
    const names = [alone ? `reports.home.${code}.${key}` : "", `reports.figuresOf.${code}.${key}`];
    return t(names.find((name) => name && hasKey(name)) ?? `reports.figures.${key}`);
  }
  return { moved, nameOf, toneOf };
}
