import type { FeatureRoute } from "@/shared/lib/routes.ts";

export const routes: FeatureRoute[] = [
  { path: "/profile", component: () => import("./ProfilePage.vue"), meta: { title: "menu.profile" } },
];
