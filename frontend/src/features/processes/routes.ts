import { Workflow } from "@lucide/vue";
import type { FeatureRoute } from "@/shared/lib/routes.ts";

export const routes: FeatureRoute[] = [
  {
    path: "/processes",
    page: "ProcessesPage",
    meta: {
      title: "menu.processes",
      right: "processes:write",
      menu: {
        module: "base",
        order: 2,
        icon: Workflow,
        go: "y",
        keywords: "xiaoshouliucheng xslc jieduan processes stages",
      },
    },
  },
];
