import { Headset } from "@lucide/vue";
import { listServices } from "@/api/generated/sdk.gen";
import { lend, openOverlay } from "@/shared/domain/parts.ts";
import type { CreateEntry, FeatureRoute } from "@/shared/lib/routes.ts";
import { useSession } from "@/shared/domain/session.ts";
import { registerRecordSearch } from "@/shared/lib/useCommand.ts";

export const routes: FeatureRoute[] = [
  {
    path: "/services",
    page: "ServiceListPage",
    meta: {
      title: "menu.services",
      right: "services:read",
      menu: { module: "service", order: 1, icon: Headset, go: "s", keywords: "kehufuwu khfw services tousu zixun" },
    },
  },
  {
    path: "/services/:id(\\d+)",
    page: "ServicePage",
    meta: { title: "menu.service", right: "services:read" },
  },
];

export const creates: CreateEntry[] = [
  {
    key: "service",
    order: 4,
    title: "menu.newService",
    right: "services:create",
    icon: Headset,
    run: () => openOverlay("service-form", {}),
  },
];

lend("service-form", () => import("./ServiceDrawer.vue"));
lend("customer-services", () => import("./CustomerServices.vue"));

registerRecordSearch(async (q, signal) => {
  if (!useSession().can("services:read")) return [];
  const page = await listServices({ query: { q, limit: 5 }, signal });
  return page.items.map((row) => ({
    id: `service-${row.id}`,
    title: row.title,
    detail: [row.number, row.customer?.name].filter(Boolean).join(" · "),
    icon: Headset,
    to: `/services/${row.id}`,
  }));
});
