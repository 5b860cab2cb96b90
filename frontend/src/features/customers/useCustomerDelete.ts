// Moves a customer to the recycle bin, after asking, with a way back.
import { deleteCustomer, restoreCustomer } from "@/api/generated/sdk.gen";
import { toApiError } from "@/api/errors.ts";
import { ifMatch } from "@/api/runtime.ts";
import { confirmed } from "@/shared/lib/ask.ts";
import { t } from "@/shared/lib/i18n.ts";
import { toast } from "@/shared/lib/toast.ts";

interface Doomed {
  id: number;
  version: number;
  name: string;
}

const OBSTACLES = { open_chances: "openChances", open_services: "openServices", orders: "hasOrders" } as const;

/** What stands in the way of a deletion, in words; empty when the refusal names nothing. */
export function obstacles(problem: Record<string, unknown>): string {
  return Object.entries(OBSTACLES)
    .filter(([member]) => Number(problem[member]) > 0)
    .map(([member, key]) => t(`customers.${key}`, { n: Number(problem[member]) }))
    .join(" ");
}

async function restore(id: number): Promise<void> {
  try {
    await restoreCustomer({ path: { customer_id: id } });
    toast.success(t("customers.restored"));
  } catch (error) {
    toast.error(error);
  }
}

export function useCustomerDelete() {
  /** True when it is gone. `left` runs before the lists are read again (a record page goes away first). */
  return async function remove(customer: Doomed, left?: () => unknown): Promise<boolean> {
    const sure = await confirmed({
      title: t("customers.deleteTitle"),
      body: `${customer.name}\n${t("customers.deleteBody")}`,
      confirm: t("customers.delete"),
      tone: "danger",
    });
    if (!sure) return false;
    try {
      await deleteCustomer({ path: { customer_id: customer.id }, headers: ifMatch(customer) });
    } catch (thrown) {
      const why = obstacles(toApiError(thrown).problem);
      if (why) toast.info(why);
      else toast.error(thrown);
      return false;
    }
    await left?.();
    toast.undo(t("customers.deleted", { name: customer.name }), () => void restore(customer.id));
    return true;
  };
}
