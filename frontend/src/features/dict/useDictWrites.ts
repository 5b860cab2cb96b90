// What may be done with a value: each write is told by a toast, and every label on screen is read again.
import { useQueryClient } from "@tanstack/vue-query";
import { shallowRef } from "vue";
import { toApiError } from "@/api/errors.ts";
import { deleteDictItem, reorderDict, updateDictItem } from "@/api/generated/sdk.gen";
import type { DictItemRead, DictTypeRead } from "@/api/generated/types.gen";
import { ifMatch } from "@/api/runtime.ts";
import { ask, confirmed } from "@/shared/lib/ask.ts";
import { t } from "@/shared/lib/i18n.ts";
import { moved } from "@/shared/lib/order.ts";
import { toast } from "@/shared/lib/toast.ts";
import { usesOf, usesText, wordOf } from "./items.ts";

const KEY = [{ _id: "listDict" }];

async function enable(item: DictItemRead, enabled: boolean): Promise<void> {
  try {
    await updateDictItem({ path: { item_id: item.id }, body: { enabled }, headers: ifMatch(item) });
    toast.success(t(enabled ? "dict.enabled" : "dict.disabled", { name: wordOf(item) }));
  } catch (error) {
    toast.error(error);
  }
}

export function useDictWrites() {
  const client = useQueryClient();
  const merging = shallowRef<DictItemRead | null>(null);

  /** In use: where and how often, and the two ways out. */
  async function offer(item: DictItemRead, uses: string): Promise<void> {
    const { choice } = await ask({
      title: t("dict.inUseTitle", { name: wordOf(item) }),
      body: t("dict.inUseBody", { uses }),
      confirm: t("dict.merge"),
      ...(item.enabled ? { other: t("dict.disable") } : {}),
    });
    if (choice === "confirm") merging.value = item;
    if (choice === "other") await enable(item, false);
  }

  async function remove(item: DictItemRead): Promise<void> {
    const title = t("dict.deleteTitle", { name: wordOf(item) });
    if (!(await confirmed({ title, body: t("dict.deleteBody"), confirm: t("dict.delete"), tone: "danger" }))) return;
    try {
      await deleteDictItem({ path: { item_id: item.id }, headers: ifMatch(item) });
      toast.success(t("dict.deleted", { name: wordOf(item) }));
    } catch (error) {
      const uses = usesOf(toApiError(error).problem);
      if (uses) return offer(item, usesText(uses));
      toast.error(error);
    }
  }

  /** Shows at once; refused it goes back. */
  async function reorder(type: string, items: DictItemRead[], from: number, to: number): Promise<void> {
    const now = moved(items, from, to);
    const show = (types: DictTypeRead[] | undefined) =>
      types?.map((one) => (one.type === type ? { ...one, items: now } : one));
    await client.cancelQueries({ queryKey: KEY });
    client.setQueriesData<DictTypeRead[]>({ queryKey: KEY }, show);
    try {
      await reorderDict({ body: { type, ids: now.map(({ id }) => id) } });
    } catch (error) {
      toast.error(error);
    }
  }
  return { merging, enable, remove, reorder };
}
