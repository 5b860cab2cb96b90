import type { FeatureRoute } from "@/shared/lib/routes.ts";

export const routes: FeatureRoute[] = [
  {
    path: "/storage/arrivals",
    page: "ArrivalListPage",
    meta: { title: "menu.storage", right: "storage:read" },
  },
];
