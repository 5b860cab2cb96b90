// 已购设备: what customers have of ours, a list, a page each, and a tab of their customer.
import { HardDrive } from "@lucide/vue";
import { lend, lendTab, openOverlay } from "@/shared/domain/parts.ts";
import type { CreateEntry, FeatureRoute } from "@/shared/lib/routes.ts";

export const routes: FeatureRoute[] = [
  {
    path: "/assets",
    page: "AssetListPage",
    meta: {
      title: "menu.assets",
      right: "assets:read",
      menu: {
        module: "service",
        order: 2,
        icon: HardDrive,
        go: "q",
        keywords: "yigoushebei ygsb shebei assets installed",
      },
    },
  },
  { path: "/assets/:id(\\d+)", page: "AssetPage", meta: { title: "menu.assets", right: "assets:read" } },
];

export const creates: CreateEntry[] = [
  { key: "asset", order: 8, title: "menu.newAsset", right: "assets:write", icon: HardDrive, to: "/assets?new=1" },
];

lend("asset-form", () => import("./AssetDrawer.vue"));
lendTab("customers", {
  key: "assets",
  order: 6,
  title: "menu.assets",
  rights: ["assets:read"],
  piece: () => import("./CustomerAssets.vue"),
  add: { step: "add_asset", title: "menu.newAsset", run: (customer) => openOverlay("asset-form", { customer }) },
});
