import { expect, it } from "vitest";
import { createMemoryHistory, createRouter } from "vue-router";
import { recordPage } from "./recordPage.ts";

const component = { template: "<p />" };
const router = createRouter({
  history: createMemoryHistory(),
  routes: [
    { path: "/orders", component },
    { path: "/orders/:id(\\d+)", component },
    { path: "/roles/:id(\\d+)", component },
    { path: "/:rest(.*)*", name: "missing", component },
  ],
});

it("leads to records that have a page", () => {
  expect(recordPage(router, "orders", 7)).toBe("/orders/7");
  expect(recordPage(router, "rbac", 2)).toBe("/roles/2");
  expect(recordPage(router, "linkmen", 7)).toBeNull();
});
