import type { Column } from "@/shared/lib/columns.ts";

export interface Row {
  id: number;
  title: string;
  customer: string;
  stage: number;
  amount: string;
  rate: number;
  close: string;
  assignee: string;
  last: string;
  next: string | null;
  status: "unassigned" | "assigned" | "succeeded" | "failed";
  source: string;
}

const PLACES = ["苏州", "杭州", "成都", "武汉", "青岛", "厦门", "长沙", "合肥"];
const NAMES = ["启明", "恒远", "瑞丰", "天和", "云帆", "正泰", "华瑞", "博远", "金桥"];
const TRADES = ["精密机械", "生物医药", "智能装备", "新材料", "供应链管理", "软件技术", "食品"];
const WHAT = ["生产线改造项目", "年度服务合同", "CRM 系统采购", "二期扩容", "质检设备更新", "园区网络升级"];
const PEOPLE = ["陈思远", "李婉清", "王子墨", "赵一鸣", "周雨桐"];
export const STAGES = ["初步接洽", "需求确认", "方案报价", "商务谈判", "合同签订"];
const STATUS: Row["status"][] = ["assigned", "assigned", "succeeded", "failed", "unassigned"];
const pick = <T>(list: T[], n: number): T => list[n % list.length] as T;
const DAY = 86_400_000;

export function makeRows(count: number): Row[] {
  return Array.from({ length: count }, (_, i) => {
    const customer = `${pick(PLACES, i * 3)}${pick(NAMES, i * 7)}${pick(TRADES, i * 5)}有限公司`;
    return {
      id: i + 1,
      title: `${pick(NAMES, i * 7)}${pick(WHAT, i * 11)}`,
      customer,
      stage: (i * 13) % STAGES.length,
      amount: (((i * 7919) % 2900) * 1000 + 12000).toFixed(2),
      rate: ((i * 13) % STAGES.length) * 20 + 10,
      close: new Date(Date.now() + (((i * 37) % 90) - 20) * DAY).toISOString().slice(0, 10),
      assignee: pick(PEOPLE, i * 2),
      last: new Date(Date.now() - ((i * 41) % 700) * 3_600_000).toISOString(),
      next: i % 3 === 0 ? null : new Date(Date.now() + ((i % 9) - 2) * DAY).toISOString().slice(0, 10),
      status: pick(STATUS, i * 3),
      source: "客户介绍",
    };
  });
}

export const columns: Column<Row>[] = [
  { key: "title", title: "gallery.title", width: 165, grow: true, sort: true },
  { key: "customer", title: "gallery.customer", width: 190, grow: true, sort: true, text: (row) => row.customer },
  { key: "stage", title: "gallery.stage", width: 92, text: (row) => STAGES[row.stage] },
  { key: "amount", title: "gallery.amount", width: 110, align: "end", sort: true },
  { key: "rate", title: "gallery.rate", width: 76, align: "end", sort: true, text: (row) => `${row.rate}%` },
  { key: "close", title: "gallery.close", width: 116, sort: true },
  { key: "assignee", title: "gallery.assignee", width: 90, text: (row) => row.assignee },
  { key: "last", title: "gallery.last", width: 100, sort: true },
  { key: "next", title: "gallery.next", width: 96, noCard: true },
  { key: "status", title: "gallery.status", width: 104, noCard: true },
  { key: "source", title: "gallery.source", width: 100, optional: true, text: (row) => row.source },
];
