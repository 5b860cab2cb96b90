// 竞争对手: who else is in the running, with their products and what answers each.
import { Swords } from "@lucide/vue";
import type { CreateEntry, FeatureRoute } from "@/shared/lib/routes.ts";

export const routes: FeatureRoute[] = [
  {
    path: "/competitors",
    page: "CompetitorListPage",
    meta: {
      title: "menu.competitors",
      right: "competitors:read",
      menu: { module: "sales", order: 5, icon: Swords, go: "v", keywords: "jingzhengduishou jzds jingdui competitors" },
    },
  },
  {
    path: "/competitors/:id(\\d+)",
    page: "CompetitorPage",
    meta: { title: "menu.competitors", right: "competitors:read" },
  },
];

export const creates: CreateEntry[] = [
  {
    key: "competitor",
    order: 9,
    title: "menu.newCompetitor",
    right: "competitors:write",
    icon: Swords,
    to: "/competitors?new=1",
  },
];
