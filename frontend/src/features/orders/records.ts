// Orders in the palette, by number or customer.
import { ReceiptText } from "@lucide/vue";
import { listOrders } from "@/api/generated/sdk.gen";
import { day, money } from "@/shared/lib/format.ts";
import { useSession } from "@/shared/domain/session.ts";
import type { RecordSearch } from "@/shared/lib/useCommand.ts";

export const search: RecordSearch = async (q, signal) => {
  if (!useSession().can("orders:read")) return [];
  const page = await listOrders({ query: { q, limit: 4 }, signal });
  return page.items.map((row) => ({
    id: `order-${row.id}`,
    title: row.number,
    detail: [row.customer?.name, day(row.date), money(row.total)].filter(Boolean).join(" · "),
    icon: ReceiptText,
    to: `/orders/${row.id}`,
  }));
};
