// What is ordered leaves in parts, comes back once, and is paid too late; on the demo company.
import { expect, type Page, test } from "@playwright/test";
import { asRole, expectAccessible, fits, givenCustomer, signInAs } from "./helpers.ts";

const stamp = () => `${Date.now()}${Math.floor(Math.random() * 1000)}`;

interface Made {
  id: number;
  number: string;
}

/** A confirmed order of the first manager over gateways and days of work, dated so many days ago. */
async function givenOrder(page: Page, name: string, daysAgo: number): Promise<Made> {
  const customer = await givenCustomer(page, name);
  const { call } = await asRole(page, "客户经理");
  const product = async (q: string) =>
    (await call<{ items: { id: number }[] }>("GET", `/products?q=${encodeURIComponent(q)}`)).items[0]?.id;
  const date = new Date(Date.now() - daysAgo * 86_400_000).toISOString().slice(0, 10);
  const order = await call<Made>("POST", "/orders", {
    customer_id: customer.id,
    date,
    due_date: date,
    contract_no: `HT-${name}`.slice(0, 64),
    lines: [
      { product_id: await product("工业网关"), count: 5 },
      { product_id: await product("实施服务"), count: 2 },
    ],
  });
  return call<Made>("POST", `/orders/${order.id}/confirm`);
}

test("a part is shipped, taken back, shipped again, and the rest follows", async ({ page }) => {
  test.setTimeout(60_000);
  const order = await givenOrder(page, `发货第${stamp()}号有限公司`, 0);
  await signInAs(page, "客户经理", `/orders/${order.id}`);
  const main = page.getByRole("main");
  const card = main.getByRole("region", { name: "发货", exact: true });
  const lines = main.getByRole("region", { name: "订单明细" });
  await expect(card).toContainText("还没有发货");
  await expect(lines.getByRole("row", { name: /工业网关/ })).toContainText("0 / 5");
  await expect(lines.getByText("价税合计")).toBeVisible();

  await page.keyboard.press("s");
  const dialog = page.getByRole("dialog", { name: "发货" });
  const gateways = dialog.getByLabel("工业网关的发货件数");
  await expect(gateways).toHaveValue("5");
  await expectAccessible(page);
  await gateways.fill("6");
  await dialog.getByRole("button", { name: "发货" }).click();
  await expect(dialog.getByText("最多 5")).toBeVisible();
  await gateways.fill("2");
  await dialog.getByLabel("实施服务的发货件数").fill("0");
  await dialog.getByLabel("物流公司").fill("顺丰速运");
  await dialog.getByLabel("运单号").fill("SF0001");
  await dialog.getByRole("button", { name: "发货" }).click();
  await expect(dialog).toBeHidden();
  await expect(main.getByText("部分发货").first()).toBeVisible();
  await expect(card).toContainText("工业网关 × 2");
  await expect(card).toContainText("顺丰速运 · SF0001");
  await expect(lines.getByRole("row", { name: /工业网关/ })).toContainText("2 / 5");
  await expect(main.getByRole("button", { name: "取消订单" })).toBeDisabled();
  await expectAccessible(page);

  await card.getByRole("button", { name: /^撤销发货 FH/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "撤销发货" }).click();
  await expect(card).toContainText("还没有发货");
  await expect(main.getByRole("button", { name: "取消订单" })).toBeEnabled();

  await card.getByRole("button", { name: "发货", exact: true }).click();
  await gateways.fill("1");
  await dialog.getByRole("button", { name: "发货" }).click();
  await expect(lines.getByRole("row", { name: /工业网关/ })).toContainText("1 / 5");
  await card.getByRole("button", { name: "发货", exact: true }).click();
  await expect(gateways).toHaveValue("4");
  await dialog.getByRole("button", { name: "发货" }).click();
  await expect(card.getByText("已发货", { exact: true })).toBeVisible();
  await expect(main.getByRole("button", { name: "发货", exact: true })).toHaveCount(0);
  const history = main.getByRole("listitem").filter({ hasText: "撤销发货" });
  await expect(history.first()).toContainText("工业网关 × 2");

  await main.getByRole("button", { name: "打印" }).click();
  const sheet = page.getByRole("article");
  await expect(sheet).toContainText("不含税金额");
  await expect(sheet).toContainText("工业网关 × 4");
  await expectAccessible(page);
});

test("an order that is overdue is found by its tab and its contract, in English", async ({ page }) => {
  const name = `逾期第${stamp()}号有限公司`;
  const order = await givenOrder(page, name, 3);
  await signInAs(page, "客户经理", "/orders?tab=overdue", "en-US");
  const grid = page.getByRole("grid", { name: "Orders" });
  await page.getByRole("searchbox").fill(`HT-${name}`);
  await expect(grid.getByRole("row")).toHaveCount(2);
  await expect(grid.getByText("Not shipped")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "To ship" }).click();
  await grid.getByText(order.number).click();
  const main = page.getByRole("main");
  await expect(main.getByText("Overdue", { exact: true }).first()).toBeVisible();
  await expect(main.getByRole("button", { name: "Ship", exact: true }).first()).toBeVisible();
  await expectAccessible(page);
  await main.getByRole("link", { name }).click();
  await expect(page.getByText("Receivable")).toBeVisible();
  await expectAccessible(page);
});

test("on a phone a part is shipped without scrolling sideways @phone-only", async ({ page }) => {
  const order = await givenOrder(page, `手机发货第${stamp()}号有限公司`, 1);
  await signInAs(page, "客户经理", `/orders/${order.id}`);
  await page.getByRole("button", { name: "发货", exact: true }).first().click();
  const dialog = page.getByRole("dialog", { name: "发货" });
  await dialog.getByLabel("工业网关的发货件数").fill("3");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "发货" }).click();
  await expect(page.getByRole("main").getByText("部分发货").first()).toBeVisible();
  expect(await fits(page)).toBe(true);
  await expectAccessible(page);
});
