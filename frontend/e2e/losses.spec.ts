// 客户流失: a warning explains itself, is delayed with a measure, confirmed by its manager and revoked by the supervisor.
import { expect, test, type Page } from "@playwright/test";
import { asRole, expectAccessible, signInAs } from "./helpers.ts";

interface Warned {
  customer: { id: number; name: string };
  manager: { id: number };
}

/** A warning of the team for one test alone, from either end of the list: how many each manager has depends on the day. */
async function givenWarned(page: Page, sort: "found_at" | "-found_at"): Promise<Warned> {
  const { call } = await asRole(page, "销售主管");
  const { items } = await call<{ items: Warned[] }>("GET", `/losses?status=warning&limit=1&sort=${sort}`);
  const [first] = items;
  if (!first) throw new Error("the demo company has no warning");
  return first;
}

test("a warning is explained, delayed, confirmed, and taken back by the supervisor", async ({ page }) => {
  const measure = `上门拜访，了解为何停购 ${Date.now().toString(36)}`;
  const { customer, manager } = await givenWarned(page, "found_at");
  const name = customer.name;
  await signInAs(page, manager.id, "/losses?tab=warning");
  const row = page.getByRole("grid").getByRole("link", { name });
  await expect(row).toBeVisible();
  await expectAccessible(page);
  await row.click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(page.getByText(/天没有下单|从未下单/)).toBeVisible();
  const address = new URL(page.url()).pathname;

  await page.getByRole("button", { name: "暂缓流失" }).click();
  const delay = page.getByRole("dialog");
  await delay.getByRole("button", { name: "暂缓流失" }).click();
  await expect(delay.getByText("必填")).toBeVisible();
  await delay.getByLabel("暂缓措施").fill(measure);
  await expectAccessible(page);
  await delay.getByRole("button", { name: "暂缓流失" }).click();
  await expect(page.getByText(measure)).toBeVisible();

  await page.getByRole("button", { name: "确定流失" }).click();
  const confirm = page.getByRole("dialog");
  await confirm.locator(".el-select").click();
  await page.getByRole("option", { name: "价格过高" }).click();
  await confirm.getByRole("button", { name: "确定流失" }).click();
  await expect(page.getByText("已确定流失；撤销需要销售主管。")).toBeVisible();

  await signInAs(page, "销售主管", address);
  await page.getByRole("button", { name: "撤销流失" }).click();
  await page.getByRole("dialog").getByLabel("原因").fill("客户只是推迟采购");
  await page.getByRole("dialog").getByRole("button", { name: "撤销流失" }).click();
  await expect(page.getByText("流失预警").first()).toBeVisible();
  await expect(page.getByText("由客户经理处理。")).toBeVisible();
});

test("a supervisor sees the team by manager, an executive changes nothing", async ({ page }) => {
  await signInAs(page, "销售主管", "/losses");
  await page.getByText("按客户经理查看").click();
  await expect(page.getByRole("region", { name: "按客户经理查看" }).getByRole("row").nth(1)).toBeVisible();
  await expectAccessible(page);
  await signInAs(page, "高管", "/losses");
  await page
    .getByRole("link", { name: /有限公司|集团|中心/ })
    .first()
    .click();
  await expect(page.getByRole("heading", { name: "为什么预警" })).toBeVisible();
  await expect(page.getByRole("button", { name: /暂缓流失|确定流失|撤销流失/ })).toHaveCount(0);
});

test("a confirmed order takes its customer off the list of warnings at once, without a reload", async ({ page }) => {
  const { call: keep } = await asRole(page, "系统管理员");
  const product = await keep<{ id: number }>("POST", "/products", { name: `上门服务 ${Date.now()}`, price: "100" });
  const { customer, manager } = await givenWarned(page, "-found_at");
  const { call } = await asRole(page, manager.id);
  const lines = [{ product_id: product.id, count: 1 }];
  const order = await call<{ number: string }>("POST", "/orders", { customer_id: customer.id, lines });

  await signInAs(page, manager.id, "/losses");
  const menu = page.getByRole("navigation", { name: "主菜单" });
  await expect(page.getByRole("grid").getByRole("link", { name: customer.name })).toBeVisible();
  await menu.getByRole("link", { name: "历史订单" }).click();
  await page.getByRole("grid").getByText(order.number).click();
  await page.getByRole("main").getByRole("button", { name: "确认订单", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "确认订单", exact: true }).click();
  await expect(page.getByRole("note")).toContainText("订单已确认");
  await menu.getByRole("link", { name: /流失/ }).click();
  await expect(page.getByRole("grid")).toBeVisible();
  await expect(page.getByRole("grid").getByRole("link", { name: customer.name })).toHaveCount(0);
});
