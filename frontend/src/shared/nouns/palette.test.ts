import { expect, it } from "vitest";
import { createMemoryHistory, createRouter, type RouteRecordRaw } from "vue-router";
import { client } from "@/api/generated/client.gen.ts";
import { recordSearch } from "./palette.ts";

const page = { render: () => null };
const routes: RouteRecordRaw[] = [
  { path: "/customers", component: page, meta: { title: "" } },
  { path: "/customers/:id(\\d+)", component: page, meta: { title: "" } },
  {
    path: "/linkmen",
    component: page,
    meta: { title: "", records: { noun: "linkmen", at: ({ customer }) => `/customers/${customer?.id}` } },
  },
  { path: "/arrivals", component: page, meta: { title: "" } },
  { path: "/orders/:id(\\d+)", component: page, meta: { title: "" } },
  { path: "/:rest(.*)*", name: "missing", component: page, meta: { title: "" } },
];
const ANSWERS: Record<string, object[]> = {
  customers: [{ id: 1, name: "北辰", number: "KH1", manager: { id: 2, name: "张明" } }],
  linkmen: [{ id: 3, name: "王芳", customer: { id: 1, name: "北辰" }, mobile: "13800000001" }],
  orders: [{ id: 4, number: "DD4", customer: { id: 1, name: "北辰" } }],
};

function search(can: (right: string) => boolean) {
  const asked: string[] = [];
  const answers = (request: Request) => {
    const noun = new URL(request.url).pathname.split("/").at(-1) ?? "";
    asked.push(noun);
    const answer = { items: ANSWERS[noun] ?? [], next_cursor: null };
    return Promise.resolve(new Response(JSON.stringify(answer), { headers: { "Content-Type": "application/json" } }));
  };
  client.setConfig({ baseUrl: "http://localhost", fetch: answers as typeof fetch });
  const router = createRouter({ history: createMemoryHistory(), routes });
  return { asked, find: () => recordSearch(router, can)("北", new AbortController().signal) };
}

it("asks for every noun that has a place to be looked at, and says what tells records apart", async () => {
  const { asked, find } = search(() => true);
  const found = await find();
  expect(asked.toSorted()).toEqual(["customers", "linkmen", "orders"]);
  expect(found).toEqual([
    { id: "customers-1", title: "北辰", detail: "KH1 · 张明", to: "/customers/1" },
    { id: "linkmen-3", title: "王芳", detail: "北辰 · 13800000001", to: "/customers/1" },
    { id: "orders-4", title: "DD4", detail: "北辰", to: "/orders/4" },
  ]);
});

it("asks for nothing that the person may not read", async () => {
  const { asked, find } = search((right) => right === "orders:read");
  await find();
  expect(asked).toEqual(["orders"]);
});
