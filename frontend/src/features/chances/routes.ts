import { Target } from "@lucide/vue";
import { listChances } from "@/api/generated/sdk.gen";
import type { CreateEntry, FeatureRoute } from "@/shared/lib/routes.ts";
import { useSession } from "@/shared/domain/session.ts";
import { registerRecordSearch } from "@/shared/lib/useCommand.ts";

export const routes: FeatureRoute[] = [
  {
    path: "/chances",
    component: () => import("./ChanceListPage.vue"),
    meta: {
      title: "chances.many",
      right: "chances:read",
      menu: { module: "sales", order: 1, icon: Target, go: "c", keywords: "xiaoshoujihui xsjh chances", phone: true },
    },
  },
  {
    path: "/chances/:id(\\d+)",
    component: () => import("./ChancePage.vue"),
    meta: { title: "chances.one", right: "chances:read" },
  },
];

export const creates: CreateEntry[] = [
  { key: "chance", order: 1, title: "chances.new", right: "chances:create", icon: Target, to: "/chances?new=1" },
];

registerRecordSearch(async (q, signal) => {
  if (!useSession().can("chances:read")) return [];
  const page = await listChances({ query: { q, limit: 6 }, signal });
  return page.items.map((row) => ({
    id: `chance-${row.id}`,
    title: row.title,
    detail: row.customer_name,
    icon: Target,
    to: `/chances/${row.id}`,
  }));
});
