// 交往记录: a list of its own; its form and its timeline are lent to the records that it is about.
import { MessageSquarePlus, MessagesSquare } from "@lucide/vue";
import { lend, openOverlay } from "@/shared/domain/parts.ts";
import type { CreateEntry, FeatureRoute } from "@/shared/lib/routes.ts";

export const routes: FeatureRoute[] = [
  {
    path: "/activities",
    component: () => import("./ActivityListPage.vue"),
    meta: {
      title: "menu.activities",
      right: "activities:read",
      menu: {
        module: "customers",
        order: 3,
        icon: MessagesSquare,
        go: "a",
        keywords: "jiaowang jilu genjin jwjl activities timeline",
      },
    },
  },
];

export const creates: CreateEntry[] = [
  {
    key: "activity",
    order: 5,
    title: "menu.logActivity",
    right: "activities:write",
    icon: MessageSquarePlus,
    run: () => openOverlay("log-activity", {}),
  },
];

lend("log-activity", () => import("./ActivityDrawer.vue"));
lend("activity-timeline", () => import("./ActivityTimeline.vue"));
