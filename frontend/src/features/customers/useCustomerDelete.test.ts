// @vitest-environment happy-dom
import "virtual:words/customers";
import { beforeEach, expect, it } from "vitest";
import { setLanguage } from "@/shared/lib/i18n.ts";
import { obstacles } from "./useCustomerDelete.ts";

beforeEach(() => setLanguage("zh-CN", { keep: false }));

it("says everything that stands in the way of a deletion", () => {
  expect(obstacles({ open_chances: 2, open_services: 0 })).toBe("还有 2 个进行中的销售机会，请先结案或删除。");
  expect(obstacles({ open_chances: 1, open_services: 3 })).toContain("3 个未结束的客户服务");
  expect(obstacles({ orders: 4 })).toContain("有订单（4 张）");
  expect(obstacles({ code: "other" })).toBe("");
});
