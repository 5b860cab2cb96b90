// Questions to the person, as promises: a confirmation (with a reason), the "changed meanwhile" choice, the shared menu.
import { type Component, shallowRef } from "vue";
import { t } from "./i18n.ts";

export interface Question {
  title: string;
  body?: string;
  confirm?: string;
  /** The way out, where "cancel" would not say what becomes of what was typed. */
  cancel?: string;
  tone?: "primary" | "danger";
  /** Ask why. `options` come from the dictionary; without them it is free text. */
  reason?: { label?: string; required?: boolean; options?: { value: string; label: string }[] };
  /** A second way out, e.g. overwrite beside reload. */
  other?: string;
}
export interface Answer {
  choice: "confirm" | "other" | "cancel";
  reason: string;
}
interface Open {
  question: Question;
  resolve: (answer: Answer) => void;
}

export const openQuestion = shallowRef<Open | null>(null);

export function ask(question: Question): Promise<Answer> {
  openQuestion.value?.resolve({ choice: "cancel", reason: "" });
  return new Promise((resolve) => {
    openQuestion.value = {
      question,
      resolve: (answer) => {
        openQuestion.value = null;
        resolve(answer);
      },
    };
  });
}

/** `if (await confirmed({ title }))` or `const { reason } = await ask(…)` when the words matter. */
export async function confirmed(question: Question): Promise<boolean> {
  return (await ask(question)).choice === "confirm";
}

/** 409 and 412: someone saved in between. */
export async function askStale(): Promise<"reload" | "overwrite" | "cancel"> {
  const { choice } = await ask({
    title: t("errors.stale.title"),
    body: t("errors.stale.body"),
    confirm: t("errors.stale.reload"),
    other: t("errors.stale.overwrite"),
    cancel: t("errors.stale.stay"),
  });
  return choice === "confirm" ? "reload" : choice === "other" ? "overwrite" : "cancel";
}

export interface MenuItem {
  key: string;
  label: string;
  icon?: Component | undefined;
  tone?: "danger" | undefined;
  /** Why it cannot be done now; shown under the label. */
  disabledReason?: string | undefined;
  checked?: boolean | undefined;
  keepOpen?: boolean | undefined;
  heading?: boolean | undefined;
  hint?: string | undefined;
  run?: () => void;
}
interface OpenMenu {
  anchor: HTMLElement;
  items: () => MenuItem[];
  label: string;
}

export const menu = shallowRef<OpenMenu | null>(null);

/** The one menu of the page, hung on whatever was clicked: 240 dropdowns in 240 rows were a four-second long task. */
export function openMenu(anchor: HTMLElement, label: string, items: MenuItem[] | (() => MenuItem[])): void {
  menu.value = { anchor, label, items: typeof items === "function" ? items : () => items };
}
