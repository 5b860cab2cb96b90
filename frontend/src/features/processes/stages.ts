// The stages of a process as the editor holds them, and as the API takes them.
import type { ProcessRead, StageRead, StageWrite } from "@/api/generated/types.gen";

export interface StageValues {
  /** For the list on screen only: a new stage has no id yet. */
  key: number;
  id: number | null;
  name: string;
  name_en: string;
  rate: string;
  expected_days: string;
  conditions: Condition[];
}
export type Condition = StageRead["conditions"][number];
/** What a stage may ask of a chance before it enters, in the order of the server. */
export const CONDITIONS: Condition[] = ["amount", "expected_close_date", "linkman", "product", "plan_done"];
let next = 1;
export const emptyStage = (): StageValues => ({
  key: next++,
  id: null,
  name: "",
  name_en: "",
  rate: "",
  expected_days: "",
  conditions: [],
});

export const stagesOf = (process?: ProcessRead): StageValues[] =>
  (process?.stages ?? []).map((stage) => ({
    key: next++,
    id: stage.id,
    name: stage.name,
    name_en: stage.name_en ?? "",
    rate: String(stage.rate),
    expected_days: stage.expected_days === null ? "" : String(stage.expected_days),
    conditions: [...stage.conditions],
  }));

const whole = (typed: string): number | null => {
  const text = typed.trim();
  if (text === "") return null;
  return /^\d+$/.test(text) ? Number(text) : -1;
};

/**
 * What is no number becomes one out of range, so that the schema refuses it at its field. Every chance starts in the first
 * stage: a stage that is moved there loses its conditions.
 */
export const bodyOf = (stages: StageValues[]): StageWrite[] =>
  stages.map(({ id, name, name_en, rate, expected_days, conditions }, at) => ({
    ...(id === null ? {} : { id }),
    name: name.trim(),
    name_en: name_en.trim() || null,
    rate: whole(rate) ?? -1,
    expected_days: whole(expected_days),
    conditions: at === 0 ? [] : CONDITIONS.filter((one) => conditions.includes(one)),
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
