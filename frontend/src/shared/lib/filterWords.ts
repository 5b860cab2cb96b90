// What a filter chip says: "已指派, 开发成功", "≥ 10万". Names of people and records are asked of the same search, as `#7`.
import { type Ref, ref, watchEffect } from "vue";
import { day, number } from "./format.ts";
import { language } from "./i18n.ts";
import { type FilterDef, paramsOf } from "./listQuery.ts";

const names = ref<Record<string, string>>({});

function rangeWords(filter: FilterDef, from: string | undefined, to: string | undefined): string {
  const say = filter.kind === "dates" ? day : number;
  if (from && to) return `${say(from)} – ${say(to)}`;
  return from ? `≥ ${say(from)}` : `≤ ${say(to)}`;
}

async function nameOf(filter: FilterDef, value: string): Promise<void> {
  const key = `${filter.key}:${value}`;
  if (names.value[key] || !filter.search) return;
  names.value[key] = "…";
  const found = await filter.search(`#${value}`, new AbortController().signal).catch(() => []);
  names.value[key] = found.find((option) => option.value === value)?.label ?? `#${value}`;
}

function words(filter: FilterDef, filters: Record<string, string[]>): string {
  const lists = paramsOf(filter).map((param) => filters[param] ?? []);
  if (filter.kind === "flag") return "";
  if (filter.params) return rangeWords(filter, lists[0]?.[0], lists[1]?.[0]);
  const options = filter.options?.() ?? [];
  return (lists[0] ?? [])
    .map((value) => {
      if (filter.search) void nameOf(filter, value);
      return options.find((option) => option.value === value)?.label ?? names.value[`${filter.key}:${value}`] ?? value;
    })
    .join(language() === "zh-CN" ? "、" : ", ");
}

export function useFilterWords(
  inForce: () => FilterDef[],
  filters: () => Record<string, string[]>,
): Ref<Record<string, string>> {
  const said = ref<Record<string, string>>({});
  watchEffect(() => {
    said.value = Object.fromEntries(inForce().map((filter) => [filter.key, words(filter, filters())]));
  });
  return said;
}
