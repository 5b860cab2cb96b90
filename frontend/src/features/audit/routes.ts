import { ScrollText } from "@lucide/vue";
import type { FeatureRoute } from "@/shared/lib/routes.ts";

export const routes: FeatureRoute[] = [
  {
    path: "/audit",
    component: () => import("./AuditPage.vue"),
    meta: {
      title: "menu.audit",
      right: "audit:read",
      menu: { module: "access", order: 3, icon: ScrollText, keywords: "caozuo rizhi rz log history" },
    },
  },
];
