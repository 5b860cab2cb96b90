// The stages of a process as the editor holds them, and as the API takes them.
import type { ProcessRead, StageWrite } from "@/api/generated/types.gen";

export interface StageValues {
  /** For the list on screen only: a new stage has no id yet. */
  key: number;
  id: number | null;
  name: string;
  name_en: string;
  rate: string;
  expected_days: string;
}
let next = 1;
export const emptyStage = (): StageValues => ({
  key: next++,
  id: null,
  name: "",
  name_en: "",
  rate: "",
  expected_days: "",
});

export const stagesOf = (process?: ProcessRead): StageValues[] =>
  (process?.stages ?? []).map((stage) => ({
    key: next++,
    id: stage.id,
    name: stage.name,
    name_en: stage.name_en ?? "",
    rate: String(stage.rate),
    expected_days: stage.expected_days === null ? "" : String(stage.expected_days),
  }));

const whole = (typed: string): number | null => {
  const text = typed.trim();
  if (text === "") return null;
  return /^\d+$/.test(text) ? Number(text) : -1;
};

/** What is no number becomes one out of range, so that the schema refuses it at its field. */
export const bodyOf = (stages: StageValues[]): StageWrite[] =>
  stages.map(({ id, name, name_en, rate, expected_days }) => ({
    ...(id === null ? {} : { id }),
    name: name.trim(),
    name_en: name_en.trim() || null,
    rate: whole(rate) ?? -1,
    expected_days: whole(expected_days),
  }));

export function changed(stages: StageValues[], process: ProcessRead): boolean {
  return JSON.stringify(bodyOf(stages)) !== JSON.stringify(bodyOf(stagesOf(process)));
}

export type StageMark = "required" | "same" | "percent" | "days";

/** Field → what is wrong with it, by the names the form gives its fields. */
export function problems(stages: StageValues[]): Record<string, StageMark> {
  const found: Record<string, StageMark> = {};
  const names = stages.map(({ name }) => name.trim());
  for (const [at, { rate, expected_days }] of bodyOf(stages).entries()) {
    const name = names[at] ?? "";
    if (!name) found[`stages.${at}.name`] = "required";
    else if (names.indexOf(name) < at) found[`stages.${at}.name`] = "same";
    if (rate < 0 || rate > 100) found[`stages.${at}.rate`] = "percent";
    if (expected_days != null && (expected_days < 1 || expected_days > 3650))
      found[`stages.${at}.expected_days`] = "days";
  }
  return found;
}
