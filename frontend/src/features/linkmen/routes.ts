import { ContactRound } from "@lucide/vue";
import { lend, openOverlay } from "@/shared/domain/parts.ts";
import type { CreateEntry, FeatureRoute } from "@/shared/lib/routes.ts";

export const routes: FeatureRoute[] = [
  {
    path: "/linkmen",
    component: () => import("./LinkmanListPage.vue"),
    meta: {
      title: "menu.linkmen",
      right: "linkmen:read",
      menu: { module: "customers", order: 2, icon: ContactRound, go: "l", keywords: "lianxiren lxr contacts" },
      records: { noun: "linkmen", at: ({ customer }) => `/customers/${customer?.id}` },
    },
  },
];

export const creates: CreateEntry[] = [
  {
    key: "linkman",
    order: 3,
    title: "menu.newLinkman",
    right: "linkmen:write",
    icon: ContactRound,
    run: () => openOverlay("linkman-form", {}),
  },
];

lend("linkman-form", () => import("./LinkmanDrawer.vue"));
lend("linkman-move", () => import("./MoveDialog.vue"));
lend("linkman-panel", () => import("./LinkmanPanel.vue"));
