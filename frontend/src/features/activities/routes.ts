// 交往记录 has no page of its own: its form and its timeline are lent to the records that have one.
import { lend } from "@/shared/lib/parts.ts";
import type { FeatureRoute } from "@/shared/lib/routes.ts";

export const routes: FeatureRoute[] = [];

lend("log-activity", () => import("./ActivityDrawer.vue"));
lend("activity-timeline", () => import("./ActivityTimeline.vue"));
