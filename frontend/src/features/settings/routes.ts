import { Settings } from "@lucide/vue";
import type { FeatureRoute } from "@/shared/lib/routes.ts";

export const routes: FeatureRoute[] = [
  {
    path: "/settings",
    page: "SettingsPage",
    meta: {
      title: "menu.settings",
      right: "settings:write",
      menu: { module: "settings", order: 1, icon: Settings, go: ",", keywords: "xitongshezhi shezhi sz settings" },
    },
  },
];
