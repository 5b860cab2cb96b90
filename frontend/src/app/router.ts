// Features own their routes; this file lists them. Whoever is not signed in is sent to the log-in and back afterwards.
import { createRouter, createWebHistory } from "vue-router";
import { routes as activities } from "@/features/activities/routes.ts";
import { routes as arrivals } from "@/features/arrivals/routes.ts";
import { routes as audit } from "@/features/audit/routes.ts";
import { routes as auth } from "@/features/auth/routes.ts";
import { routes as chances } from "@/features/chances/routes.ts";
import { routes as customers } from "@/features/customers/routes.ts";
import { routes as dict } from "@/features/dict/routes.ts";
import { routes as home } from "@/features/home/routes.ts";
import { routes as linkmen } from "@/features/linkmen/routes.ts";
import { routes as losses } from "@/features/losses/routes.ts";
import { routes as orders } from "@/features/orders/routes.ts";
import { routes as organisation } from "@/features/organisation/routes.ts";
import { routes as plans } from "@/features/plans/routes.ts";
import { routes as processes } from "@/features/processes/routes.ts";
import { routes as products } from "@/features/products/routes.ts";
import { routes as profile } from "@/features/profile/routes.ts";
import { routes as recycleBin } from "@/features/recycle-bin/routes.ts";
import { routes as reports } from "@/features/reports/routes.ts";
import { routes as services } from "@/features/services/routes.ts";
import { routes as settings } from "@/features/settings/routes.ts";
import { routes as storage } from "@/features/storage/routes.ts";
import type { FeatureRoute } from "@/shared/lib/routes.ts";
import { useSession } from "@/shared/lib/session.ts";
import { greeted } from "./greeting.ts";

const gallery = import.meta.env.MODE === "production" ? [] : (await import("@/features/gallery/routes.ts")).routes;

export const featureRoutes: FeatureRoute[] = [
  ...home,
  ...chances,
  ...plans,
  ...activities,
  ...customers,
  ...linkmen,
  ...orders,
  ...products,
  ...storage,
  ...arrivals,
  ...losses,
  ...services,
  ...dict,
  ...processes,
  ...organisation,
  ...audit,
  ...reports,
  ...settings,
  ...recycleBin,
  ...profile,
  ...auth,
  ...gallery,
];

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    ...featureRoutes,
    {
      path: "/:rest(.*)*",
      name: "missing",
      component: () => import("./pages/NotFoundPage.vue"),
      meta: { title: "errors.state.gone" },
    },
  ],
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
});

router.beforeEach(async (to) => {
  const session = useSession();
  if (to.meta.bare) {
    void greeted(); // beside the page's code
    return true;
  }
  await session.start();
  if (session.me) return true;
  return { path: "/login", query: to.fullPath === "/" ? {} : { next: to.fullPath } };
});

router.beforeResolve(async (to) => {
  if (to.meta.bare) await greeted();
});
