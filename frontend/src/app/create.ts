// What the "create" menu, the key `c` and the palette offer; features lend their entries.
import { Building2, ContactRound, Headset, MessageSquarePlus, Package, ReceiptText, Target } from "@lucide/vue";
import { openOverlay } from "@/shared/lib/parts.ts";
import type { CreateEntry } from "@/shared/lib/routes.ts";

export const createEntries: CreateEntry[] = [
  { key: "chance", title: "chances.new", right: "chances:create", icon: Target, to: "/chances?new=1" },
  { key: "customer", title: "menu.newCustomer", right: "customers:create", icon: Building2, to: "/customers?new=1" },
  {
    key: "linkman",
    title: "menu.newLinkman",
    right: "linkmen:write",
    icon: ContactRound,
    run: () => openOverlay("linkman-form", {}),
  },
  {
    key: "service",
    title: "menu.newService",
    right: "services:create",
    icon: Headset,
    run: () => openOverlay("service-form", {}),
  },
  {
    key: "activity",
    title: "menu.logActivity",
    right: "activities:write",
    icon: MessageSquarePlus,
    run: () => openOverlay("log-activity", {}),
  },
  {
    key: "order",
    title: "menu.newOrder",
    right: "orders:write",
    icon: ReceiptText,
    run: () => openOverlay("order-form", {}),
  },
  { key: "product", title: "menu.newProduct", right: "products:write", icon: Package, to: "/products?new=1" },
];
