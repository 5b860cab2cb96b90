// Development only: the building blocks with made-up rows, to look at, to measure and to copy from.
import { Columns3, LayoutGrid, Rows3 } from "@lucide/vue";
import type { FeatureRoute } from "@/shared/lib/routes.ts";
import { i18n } from "@/shared/lib/i18n.ts";

const words = {
  "zh-CN": {
    list: "销售机会",
    board: "机会看板",
    record: "记录页",
    title: "机会名称",
    customer: "客户名称",
    stage: "阶段",
    amount: "预计金额",
    rate: "几率",
    close: "预计成交日期",
    assignee: "负责人",
    last: "最近跟进",
    next: "下一步",
    status: "状态",
    source: "机会来源",
  },
  "en-US": {
    list: "Chances",
    board: "Board",
    record: "Record page",
    title: "Title",
    customer: "Customer",
    stage: "Stage",
    amount: "Expected amount",
    rate: "Probability",
    close: "Expected close date",
    assignee: "Assignee",
    last: "Last contact",
    next: "Next step",
    status: "Status",
    source: "Source",
  },
};
for (const [locale, gallery] of Object.entries(words)) {
  i18n.global.mergeLocaleMessage(locale as never, { gallery } as never);
}

export const routes: FeatureRoute[] = [
  {
    path: "/gallery/list",
    component: () => import("./GalleryList.vue"),
    meta: {
      title: "gallery.list",
      menu: { module: "sales", order: 1, icon: Rows3, go: "l", keywords: "xiaoshoujihui xsjh", phone: true },
    },
  },
  {
    path: "/gallery/board",
    component: () => import("./GalleryBoard.vue"),
    meta: { title: "gallery.board", menu: { module: "sales", order: 2, icon: Columns3, phone: true } },
  },
  {
    path: "/gallery/record",
    component: () => import("./GalleryRecord.vue"),
    meta: { title: "gallery.record", menu: { module: "sales", order: 3, icon: LayoutGrid, phone: true } },
  },
];
