// One i18n instance. Chinese is in the entry; English is a chunk of its own, fetched when somebody asks for it.
import { createI18n } from "vue-i18n";
import zh from "@/locales/zh-CN.ts";

export type Language = "zh-CN" | "en-US";
const KEY = "kith.language";

export const i18n = createI18n({
  legacy: false,
  locale: "zh-CN",
  fallbackLocale: "zh-CN",
  messages: { "zh-CN": zh },
  missingWarn: import.meta.env.DEV,
  fallbackWarn: import.meta.env.DEV,
});

/** The part of vue-i18n used here; its own type walks all messages for every key. */
const composer = i18n.global as unknown as {
  t: (key: string, named: Record<string, unknown>) => string;
  te: (key: string, locale: string) => boolean;
  locale: { value: Language };
  mergeLocaleMessage: (locale: Language, messages: object) => void;
};

/** Outside of components; inside them `const { t } = useI18n()`. Both follow the language as it changes. */
export const t = (key: string, named: Record<string, unknown> = {}): string => composer.t(key, named);
export const hasKey = (key: string): boolean => composer.te(key, "zh-CN");
export const language = (): Language => composer.locale.value;
/** What has a name in both languages, in the reader's. */
export const nameIn = (named: { name: string; name_en: string | null }): string =>
  language() === "en-US" ? named.name_en || named.name : named.name;

export function storedLanguage(): Language | null {
  const stored = localStorage.getItem(KEY);
  return stored === "zh-CN" || stored === "en-US" ? stored : null;
}

/** Chinese words of a feature that come with its pages; the English ones are all in their chunk. */
export function addMessages(namespace: string, messages: object): void {
  composer.mergeLocaleMessage("zh-CN", { [namespace]: messages });
}

let english: Promise<void> | null = null;

/** `keep` remembers the choice in this browser; the start-up and the profile on the server do not need that. */
export async function setLanguage(wanted: Language, { keep = true } = {}): Promise<void> {
  if (wanted === "en-US") {
    english ??= import("@/locales/en-US.ts").then((file) => composer.mergeLocaleMessage("en-US", file.default));
    await english.catch((error: unknown) => {
      english = null; // to be asked for again
      document.documentElement.lang = language(); // a page that begins believed that it would be English
      throw error;
    });
  }
  composer.locale.value = wanted;
  document.documentElement.lang = wanted;
  if (keep) localStorage.setItem(KEY, wanted);
}
