// Products in the palette, by name, pinyin or code.
import { Package } from "@lucide/vue";
import { listProducts } from "@/api/generated/sdk.gen";
import { money } from "@/shared/lib/format.ts";
import { useSession } from "@/shared/domain/session.ts";
import type { RecordSearch } from "@/shared/lib/useCommand.ts";

export const search: RecordSearch = async (q, signal) => {
  if (!useSession().can("products:read")) return [];
  const page = await listProducts({ query: { q, limit: 4 }, signal });
  return page.items.map((row) => ({
    id: `product-${row.id}`,
    title: row.name,
    detail: [row.code, row.price === null ? null : money(row.price)].filter(Boolean).join(" · "),
    icon: Package,
    to: `/products/${row.id}`,
  }));
};
