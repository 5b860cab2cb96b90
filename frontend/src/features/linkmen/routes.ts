import { ContactRound } from "@lucide/vue";
import { listLinkmen } from "@/api/generated/sdk.gen";
import { lend, openOverlay } from "@/shared/domain/parts.ts";
import type { CreateEntry, FeatureRoute } from "@/shared/lib/routes.ts";
import { useSession } from "@/shared/domain/session.ts";
import { registerRecordSearch } from "@/shared/lib/useCommand.ts";

export const routes: FeatureRoute[] = [
  {
    path: "/linkmen",
    component: () => import("./LinkmanListPage.vue"),
    meta: {
      title: "menu.linkmen",
      right: "linkmen:read",
      menu: { module: "customers", order: 2, icon: ContactRound, go: "l", keywords: "lianxiren lxr contacts" },
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

registerRecordSearch(async (q, signal) => {
  if (!useSession().can("linkmen:read")) return [];
  const page = await listLinkmen({ query: { q, limit: 5 }, signal });
  return page.items.map((row) => ({
    id: `linkman-${row.id}`,
    title: row.name,
    detail: [row.customer.name, row.mobile ?? row.tel].filter(Boolean).join(" · "),
    icon: ContactRound,
    to: `/customers/${row.customer.id}`,
  }));
});
