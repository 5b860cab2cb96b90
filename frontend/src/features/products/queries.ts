// The categories, and the writes to a product that list and page share.
import { useQuery } from "@tanstack/vue-query";
import { computed } from "vue";
import { listProductCategoriesOptions } from "@/api/generated/@tanstack/vue-query.gen";
import { getProduct, updateProduct } from "@/api/generated/sdk.gen";
import type { ProductPatch, ProductRow } from "@/api/generated/types.gen";
import { ifMatch } from "@/api/runtime.ts";
import { t } from "@/shared/lib/i18n.ts";
import { toast } from "@/shared/lib/toast.ts";
import { branchesOf } from "@/shared/lib/tree.ts";
import { patchRow, useOptimisticMutation } from "@/shared/lib/useOptimisticMutation.ts";

export function useCategories() {
  const query = useQuery(listProductCategoriesOptions());
  const all = computed(() => query.data.value ?? []);
  return { query, all, branches: computed(() => branchesOf(all.value)) };
}

interface Edit {
  id: number;
  patch: ProductPatch;
  /** The same as the row shows it: a category by name. */
  seen: Partial<ProductRow>;
  version: number;
}

const said = (enabled: boolean, name: string) => t(enabled ? "products.enabledNow" : "products.disabledNow", { name });

export function useProductEdit() {
  const change = useOptimisticMutation({
    record: ({ id }: Edit) => `product-${id}`,
    mutate: ({ id, patch, version }) =>
      updateProduct({ path: { product_id: id }, body: patch, headers: ifMatch(version) }),
    operations: ["listProducts", "getProduct"],
    apply: (cached, { id, seen }) => patchRow(cached, id, seen),
    latest: ({ id }) => getProduct({ path: { product_id: id } }),
  });
  const save = (row: ProductRow, patch: ProductPatch, seen: Partial<ProductRow> = patch as Partial<ProductRow>) =>
    change.mutateAsync({ id: row.id, patch, seen, version: row.version });

  async function enable(row: ProductRow, enabled: boolean): Promise<void> {
    const saved = await save(row, { enabled }).catch(() => null); // the toast has said why
    if (saved) toast.undo(said(enabled, row.name), () => void back(saved, !enabled));
  }
  async function back(row: ProductRow, enabled: boolean): Promise<void> {
    const saved = await save(row, { enabled }).catch(() => null);
    if (saved) toast.success(said(enabled, row.name));
  }
  return { save, enable };
}
