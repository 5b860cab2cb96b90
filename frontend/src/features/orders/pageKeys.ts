// Keys and palette commands of the order page: the same steps as its buttons.
import { Ban, CircleCheck, PackageCheck, Pencil, Printer, Trash2, Truck, Wallet } from "@lucide/vue";
import type { Component } from "vue";
import { t } from "@/shared/lib/i18n.ts";
import { useCommand } from "@/shared/lib/useCommand.ts";
import { useHotkeys } from "@/shared/lib/useHotkeys.ts";

type Key = "edit" | "confirm" | "ship" | "complete" | "pay" | "print" | "cancel" | "delete";
interface Page {
  may: (step: string) => boolean;
  run: Record<Key, () => unknown>;
}
interface Step {
  key: Key;
  /** What the record must allow; printing needs nothing. */
  needs: string | null;
  title: string;
  icon: Component;
  keywords: string;
  keys?: string;
}

const STEPS: Step[] = [
  { key: "confirm", needs: "confirm", title: "orders.step.confirm", icon: CircleCheck, keywords: "queren confirm" },
  { key: "ship", needs: "ship", title: "orders.shipments.add", icon: Truck, keywords: "fahuo ship", keys: "s" },
  {
    key: "complete",
    needs: "complete",
    title: "orders.step.complete",
    icon: PackageCheck,
    keywords: "wancheng complete",
  },
  { key: "pay", needs: "pay", title: "orders.payments.add", icon: Wallet, keywords: "huikuan payment", keys: "m" },
  { key: "edit", needs: "edit_lines", title: "orders.edit", icon: Pencil, keywords: "bianji edit", keys: "e" },
  { key: "print", needs: null, title: "orders.print.button", icon: Printer, keywords: "dayin print" },
  { key: "cancel", needs: "cancel", title: "orders.step.cancel", icon: Ban, keywords: "quxiao cancel" },
  { key: "delete", needs: "delete", title: "orders.step.delete", icon: Trash2, keywords: "shanchu delete" },
];

export function useOrderKeys({ may, run }: Page): void {
  const open = ({ needs }: Step) => needs === null || may(needs);
  useHotkeys(
    STEPS.flatMap((step) => {
      const { keys, title: label, key } = step;
      return keys ? [{ keys, label, run: () => void (open(step) && run[key]()) }] : [];
    }),
  );
  for (const step of STEPS) {
    useCommand({
      id: `order-${step.key}`,
      group: "selection",
      title: () => t(step.title),
      keywords: step.keywords,
      icon: step.icon,
      keys: step.keys,
      visible: () => open(step),
      run: () => void run[step.key](),
    });
  }
}
