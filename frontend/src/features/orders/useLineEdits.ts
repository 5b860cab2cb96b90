// Lines of a draft edited where they stand: each change shows at once, with the amount it will come to, under the line's own version.
import { addOrderLine, getOrder, removeOrderLine, updateOrderLine } from "@/api/generated/sdk.gen";
import type { LinePatch, LineRead, LineWrite, OrderRead, ProductRow } from "@/api/generated/types.gen";
import { ifMatch } from "@/api/runtime.ts";
import { t } from "@/shared/lib/i18n.ts";
import { toast } from "@/shared/lib/toast.ts";
import { useOptimisticMutation } from "@/shared/lib/useOptimisticMutation.ts";
import { amountOf, percentOf, taxIn, totalOf } from "./lineMath.ts";

interface Edit {
  line: LineRead;
  patch: LinePatch;
  version: number;
}

/** The order as it will be once this line is saved. */
export function withLine(order: OrderRead, id: number, patch: LinePatch): OrderRead {
  const lines = order.lines.map((line) => {
    if (line.id !== id) return line;
    const next = { ...line, ...(patch as Partial<LineRead>) };
    const amount = amountOf(String(next.count), next.price, percentOf(next.discount)) ?? line.amount;
    return { ...next, amount, tax: taxIn(amount, next.tax_rate) };
  });
  return { ...order, lines, ...sumsOf(lines) };
}

const sumsOf = (lines: LineRead[]) => ({
  total: totalOf(lines.map((line) => line.amount)),
  tax: totalOf(lines.map((line) => line.tax)),
});

export function useLineEdits(order: () => OrderRead) {
  const path = (line: LineRead) => ({ order_id: order().id, line_id: line.id });

  const edit = useOptimisticMutation({
    record: ({ line }: Edit) => `order-line-${line.id}`,
    mutate: async ({ line, patch, version }) => {
      const saved = await updateOrderLine({ path: path(line), body: patch, headers: ifMatch(version) });
      // The answer is the whole order; what the next edit of this line must name is the version of the line.
      return { saved, version: saved.lines.find((one) => one.id === line.id)?.version ?? version };
    },
    operations: ["getOrder"],
    apply: (cached, { line, patch }) => (isOrder(cached, order().id) ? withLine(cached, line.id, patch) : cached),
    latest: async ({ line }) => {
      const now = await getOrder({ path: { order_id: order().id } });
      return { version: now.lines.find((one) => one.id === line.id)?.version ?? 0 };
    },
  });

  async function add(body: LineWrite): Promise<void> {
    try {
      await addOrderLine({ path: { order_id: order().id }, body });
    } catch (error) {
      toast.error(error);
    }
  }
  /** One piece of it; a product without a price begins at nought, and says so. */
  async function addProduct(product: ProductRow): Promise<void> {
    await add({ product_id: product.id, count: 1, price: product.price ?? "0" });
    if (product.price === null) toast.info(t("orders.lines.noPrice", { name: product.name }));
  }

  async function remove(line: LineRead): Promise<void> {
    try {
      await removeOrderLine({ path: path(line), headers: ifMatch(line) });
    } catch (error) {
      toast.error(error);
      return;
    }
    const { product, count, unit, price, discount, tax_rate } = line;
    const again = () => void add({ product_id: product.id, count, unit, price, discount, tax_rate });
    toast.undo(t("orders.lines.removed", { name: product.name }), again);
  }

  const save = (line: LineRead, patch: LinePatch) => edit.mutateAsync({ line, patch, version: line.version });
  return { save, addProduct, remove };
}

const isOrder = (cached: unknown, id: number): cached is OrderRead =>
  typeof cached === "object" && cached !== null && "id" in cached && cached.id === id && "lines" in cached;
