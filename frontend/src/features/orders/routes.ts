import { ReceiptText } from "@lucide/vue";
import { lend, lendTab, openOverlay } from "@/shared/domain/parts.ts";
import type { CreateEntry, FeatureRoute } from "@/shared/lib/routes.ts";
import { useSession } from "@/shared/domain/session.ts";

export const routes: FeatureRoute[] = [
  {
    path: "/orders",
    component: () => import("./OrderListPage.vue"),
    meta: {
      title: "menu.orders",
      right: "orders:read",
      menu: { module: "customers", order: 4, icon: ReceiptText, go: "d", keywords: "lishidingdan lsdd dingdan orders" },
    },
  },
  {
    path: "/orders/:id(\\d+)",
    component: () => import("./OrderPage.vue"),
    meta: { title: "menu.order", right: "orders:read" },
  },
  {
    // A sheet of paper: no shell around it. `bare` pages are open to everybody, so it asks for the session itself.
    path: "/orders/:id(\\d+)/print",
    component: () => import("./OrderPrintPage.vue"),
    meta: { title: "menu.order", right: "orders:read", bare: true },
    beforeEnter: async (to) => {
      const session = useSession();
      await session.start();
      return session.me ? true : { path: "/login", query: { next: to.fullPath } };
    },
  },
];

export const creates: CreateEntry[] = [
  {
    key: "order",
    order: 6,
    title: "menu.newOrder",
    right: "orders:write",
    icon: ReceiptText,
    run: () => openOverlay("order-form", {}),
  },
];

lend("order-form", () => import("./OrderDrawer.vue"));
lendTab("customers", {
  key: "transactions",
  order: 2,
  title: "customers.tabs.transactions",
  rights: ["chances:read", "orders:read"],
  piece: () => import("./CustomerTransactions.vue"),
});
lendTab("customers", {
  key: "orders",
  order: 4,
  title: "customers.tabs.orders",
  rights: ["orders:read"],
  piece: () => import("./CustomerOrders.vue"),
  add: { step: "add_order", title: "menu.newOrder", run: (customer) => openOverlay("order-form", { customer }) },
});
