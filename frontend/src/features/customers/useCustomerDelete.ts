// Moves a customer to the recycle bin, after asking, with a way back.
import { deleteCustomer, restoreCustomer } from "@/api/generated/sdk.gen";
import { toApiError } from "@/api/errors.ts";
import { ifMatch } from "@/api/runtime.ts";
import { confirmed } from "@/shared/lib/ask.ts";
import { t } from "@/shared/lib/i18n.ts";
import { toast } from "@/shared/lib/toast.ts";
import { useCustomerRefresh } from "./queries.ts";

interface Doomed {
  id: number;
  version: number;
  name: string;
}

export function useCustomerDelete() {
  const refresh = useCustomerRefresh();

  async function restore(id: number): Promise<void> {
    try {
      await restoreCustomer({ path: { customer_id: id } });
      toast.success(t("customers.restored"));
    } catch (error) {
      toast.error(error);
    }
    await refresh();
  }

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
      const open = toApiError(thrown).problem.open_chances;
      if (typeof open === "number") toast.info(t("customers.openChances", { n: open }));
      else toast.error(thrown);
      return false;
    }
    await left?.();
    await refresh();
    toast.undo(t("customers.deleted", { name: customer.name }), () => void restore(customer.id));
    return true;
  };
}
