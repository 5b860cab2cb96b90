import type { FeatureRoute } from "@/shared/lib/routes.ts";

export const routes: FeatureRoute[] = [
  {
    path: "/storage/arrivals",
    component: async () => (await import("./pages.ts")).page(),
    meta: { title: "menu.storage", right: "storage:read" },
  },
];
