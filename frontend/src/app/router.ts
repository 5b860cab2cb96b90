// Features own their routes; they are found by their file. Whoever is not signed in is sent to the log-in and back afterwards.
import { createRouter, createWebHistory, type RouteRecordRaw } from "vue-router";
import type { FeatureRoute } from "@/shared/lib/routes.ts";
import { useSession } from "@/shared/domain/session.ts";
import { features } from "./features.ts";
import { greeted } from "./greeting.ts";

const gallery = import.meta.env.MODE === "production" ? [] : (await import("@/features/gallery/routes.ts")).routes;

export const featureRoutes: FeatureRoute[] = [...features.flatMap((one) => one.routes), ...gallery];

function recordOf(folder: string, route: FeatureRoute): RouteRecordRaw {
  if (!("page" in route)) return route;
  const { page, ...rest } = route;
  return { ...rest, component: async () => (await import("./pages.ts")).pageOf(folder, page) };
}

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    ...features.flatMap(({ folder, routes }) => routes.map((route) => recordOf(folder, route))),
    ...gallery.map((route) => recordOf("gallery", route)),
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
