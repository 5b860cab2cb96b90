// What a setting is called and how its value reads; the server says what there is, its type, range and default.
import type { MarkedDayRead, SettingRead } from "@/api/generated/types.gen";
import { number } from "@/shared/lib/format.ts";
import { hasKey, language, t } from "@/shared/lib/i18n.ts";
import type { Option } from "@/shared/lib/listQuery.ts";
import { weekdayName, zoneOffset } from "@/shared/lib/time.ts";

export type Value = SettingRead["value"];

export const settingName = (name: string): string =>
  hasKey(`settings.names.${name}`) ? t(`settings.names.${name}`) : name;
export const settingHint = (name: string): string =>
  hasKey(`settings.hints.${name}`) ? t(`settings.hints.${name}`) : "";

/** `company.timezone` → company; what nobody knows stands under "other". */
const GROUPS: Record<string, string> = {
  company: "company",
  log: "security",
  work: "work",
  lost: "customers",
  periodic: "reports",
  password: "security",
  session: "security",
};

export interface SettingGroup {
  key: string;
  settings: SettingRead[];
}
export function grouped(settings: SettingRead[]): SettingGroup[] {
  const groups = new Map<string, SettingRead[]>();
  for (const key of ["company", "work", "customers", "reports", "security", "other"]) groups.set(key, []);
  for (const setting of settings.filter(({ type }) => type !== "choices"))
    // edited together, by who knows them
    groups.get(GROUPS[setting.name.split(".")[0] ?? ""] ?? "other")?.push(setting);
  return [...groups].map(([key, list]) => ({ key, settings: list })).filter((group) => group.settings.length > 0);
}

const SWITCHES = new Set(["log.views", "periodic.automatic"]);
/** Rules that 0 switches off. */
const OFF_AT_ZERO = new Set(["lost.contact_days", "lost.satisfaction"]);

const LANGUAGES: Record<string, string> = { "zh-CN": "简体中文", "en-US": "English" };

export function optionLabel(name: string, value: string): string {
  if (name === "company.language") return LANGUAGES[value] ?? value;
  if (name === "company.currency") {
    const word = new Intl.DisplayNames([language()], { type: "currency" }).of(value);
    return word && word !== value ? `${value} · ${word}` : value;
  }
  return SWITCHES.has(name) ? t(`settings.switch.${value}`) : value;
}

/** Every zone this browser knows, and the one in force if it does not. */
export function zones(present: string): Option[] {
  const known = Intl.supportedValuesOf("timeZone");
  const all = known.includes(present) ? known : [present, ...known];
  return all.map((zone) => ({ value: zone, label: zone }));
}
export function zoneDetail(zone: string): string {
  try {
    return zoneOffset(zone);
  } catch {
    return "";
  }
}

/** `level` names a customer level. */
export function valueText(setting: SettingRead, value: Value, level = (item: string) => item): string {
  if (typeof value === "number")
    return value === 0 && OFF_AT_ZERO.has(setting.name) ? t("settings.switch.off") : withUnit(setting, number(value));
  if (value === null) return t("settings.none");
  if (typeof value === "object") {
    const words = Array.isArray(value)
      ? value.map((one) =>
          typeof one === "object" ? dayText(one) : typeof one === "number" ? weekdayName(one) : factName(one),
        )
      : Object.entries(value).map(([item, days]) => `${level(item)} ${withUnit(setting, number(days))}`);
    return words.length > 0 ? list(words) : t("settings.none");
  }
  return setting.type === "text" ? value : optionLabel(setting.name, value);
}
const factName = (name: string) => (hasKey(`customers.fields.${name}`) ? t(`customers.fields.${name}`) : name);
const dayText = (day: MarkedDayRead) => [day.date, day.name].filter(Boolean).join(" ");
const list = (words: string[]) =>
  new Intl.ListFormat(language(), { type: "conjunction", style: "short" }).format(words);
const withUnit = (setting: SettingRead, text: string) =>
  setting.unit && hasKey(`settings.units.${setting.unit}`) ? t(`settings.units.${setting.unit}`, { n: text }) : text;

export function rangeText(setting: SettingRead): string {
  const { minimum: from, maximum: to } = setting;
  if (to === null) return "";
  if (setting.type === "image") return t("settings.logo.types");
  if (setting.type === "dates") return t("settings.most", { n: withUnit(setting, number(to)) });
  if (setting.type === "text") return t("settings.length", { from: from ?? 0, to });
  return t("settings.range", { from: number(from ?? 0), to: number(to) });
}

/** As its control holds it: a number is typed like a text. */
export const held = (value: Value): Value => (typeof value === "number" ? String(value) : value);

/** What is sent: a whole number where one is due; anything else goes as it is and the server says what is wrong. */
export function sent(setting: SettingRead, given: Value): Value | (number | string | MarkedDayRead)[] {
  return setting.type === "integer" && typeof given === "string" && /^-?\d+$/.test(given.trim())
    ? Number(given)
    : given;
}
