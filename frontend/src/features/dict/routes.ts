import { BookMarked } from "@lucide/vue";
import type { FeatureRoute } from "@/shared/lib/routes.ts";

export const routes: FeatureRoute[] = [
  {
    path: "/dictionary",
    page: "DictPage",
    meta: {
      title: "menu.dictionary",
      right: "dict:read",
      menu: { module: "base", order: 1, icon: BookMarked, go: "b", keywords: "shujuzidian sjzd dictionary values" },
    },
  },
];
