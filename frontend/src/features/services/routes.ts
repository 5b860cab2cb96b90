import { Headset } from "@lucide/vue";
import { lend, lendTab, openOverlay } from "@/shared/domain/parts.ts";
import type { CreateEntry, FeatureRoute } from "@/shared/lib/routes.ts";

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
lendTab("customers", {
  key: "services",
  order: 5,
  title: "menu.services",
  rights: ["services:read"],
  piece: () => import("./CustomerServices.vue"),
  add: { step: "add_service", title: "menu.newService", run: (customer) => openOverlay("service-form", { customer }) },
});
