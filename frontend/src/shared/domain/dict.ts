// The data dictionary in the reader's language: labels of items for display, options for choices. Read once, kept for ten minutes.
import { useQuery } from "@tanstack/vue-query";
import { computed } from "vue";
import { listDictOptions } from "@/api/generated/@tanstack/vue-query.gen";
import { language } from "../lib/i18n.ts";
import type { Option } from "../lib/listQuery.ts";

const TEN_MINUTES = 600_000;

const word = (item: { value: string; value_en: string | null }) =>
  language() === "en-US" ? (item.value_en ?? item.value) : item.value;

export function useDict() {
  const { data } = useQuery({ ...listDictOptions(), staleTime: TEN_MINUTES });
  const types = computed(() => new Map(data.value?.map((type) => [type.type, type.items])));

  /** The label of an item, also of a disabled one; the bare item while the dictionary is on its way. */
  function label(type: string, item: string | null | undefined): string {
    if (!item) return "—";
    const found = types.value.get(type)?.find((one) => one.item === item);
    return found ? word(found) : item;
  }
  /** What can be chosen: enabled items in their order. */
  function options(type: string): Option[] {
    const items = types.value.get(type)?.filter((one) => one.enabled) ?? [];
    return items.map((one) => ({ value: one.item, label: word(one) }));
  }
  return { label, options };
}
