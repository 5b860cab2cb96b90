// The stock keeper's work, and what others see of it.
import { expect, type Page, test } from "@playwright/test";
import { asRole, expectAccessible, fits, givenCustomer, signInAs } from "./helpers.ts";

/** Keeps answers of the server back until it is let go. */
async function hold(page: Page, path: string): Promise<() => void> {
  let release: (() => void) | undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(path, async (route) => {
    await released;
    await route.continue();
  });
  return () => release?.();
}

test("a place is made, filled with a reason, and its ledger tells why", async ({ page }) => {
  const dictionary = await hold(page, "**/api/v1/dict");
  await signInAs(page, "系统管理员", "/storage?new=1");
  const bin = `Z-${Date.now() % 10_000_000}`;
  const form = page.getByRole("dialog", { name: "新建货位" });
  await expect(form).toBeVisible();
  dictionary(); // the first warehouse is proposed also when the form was faster
  await form.getByLabel("产品").fill("工业网关");
  await page.getByRole("option", { name: "工业网关" }).click();
  await form.getByLabel("货位").fill(bin);
  const list = await hold(page, "**/api/v1/storage?**");
  await form.getByRole("button", { name: "保存" }).click();
  await expect(form).toBeHidden();

  const change = page.getByRole("dialog", { name: "变更件数" });
  await expect(change).toContainText(bin); // also when the list takes longer than the form to go
  list();
  await change.getByLabel("变更", { exact: false }).first().fill("-1");
  await change.getByRole("button", { name: "保存" }).click();
  await expect(change.getByText("没有这么多件")).toBeVisible();
  await change.getByLabel("变更", { exact: false }).first().fill("+12");
  await change.getByLabel("原因").fill("首次入库");
  await expectAccessible(page);
  await change.getByRole("button", { name: "保存" }).click();
  await expect(change).toBeHidden();

  await page.getByRole("searchbox").fill("工业网关");
  await page.getByRole("grid", { name: "库存" }).getByText(bin).click();
  const ledger = page.getByRole("dialog", { name: "库存流水：工业网关" });
  await expect(ledger).toContainText("+12，结存 12");
  await expect(ledger).toContainText("首次入库");
  await expectAccessible(page);
});

test("everybody else reads @phone", async ({ page, isMobile }) => {
  await signInAs(page, "客户经理", "/storage");
  await expect(page.getByRole(isMobile ? "list" : "grid", { name: "库存" })).toBeVisible();
  await expect(page.getByRole("button", { name: "新建货位" })).toHaveCount(0);
  await expectAccessible(page);
  await page.getByText("工业网关").first().click();
  await expect(page.getByRole("dialog", { name: /库存流水/ })).toBeVisible();
  await expect(page.getByRole("button", { name: "变更件数" })).toHaveCount(0);
});

test("what is on its way is written down, received in parts, called off, and seen where it matters", async ({
  page,
}) => {
  const { call } = await asRole(page, "系统管理员");
  const name = `压力变送器${Date.now() % 10_000_000}`;
  const product = await call<{ id: number }>("POST", "/products", { name, price: "10" });
  const place = { product_id: product.id, warehouse: "main", bin: "Y-01" };
  const { id: placeId } = await call<{ id: number }>("POST", "/storage", place);
  await call("POST", `/storage/${placeId}/changes`, { change: 2, reason: "首次入库" });
  const seller = await asRole(page, "客户经理");
  const customer = await givenCustomer(page, `${name}客户`);
  const lines = [{ product_id: product.id, count: 5 }];
  const order = await seller.call<{ id: number }>("POST", "/orders", { customer_id: customer.id, lines });

  await signInAs(page, "系统管理员", "/storage");
  await page.getByRole("button", { name: "在途", exact: true }).click();
  await expect(page).toHaveURL(/\/storage\/arrivals/);
  await expect(page.getByRole("grid", { name: "在途" }).getByText("已逾期").first()).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("main").getByRole("button", { name: "登记在途" }).click();
  const form = page.getByRole("dialog", { name: "登记在途" });
  await form.getByLabel("产品").fill(name);
  await page.getByRole("option", { name }).click();
  await form.getByLabel("件数").fill("20");
  await form.getByLabel("预计到货日期").fill("2099-12-01");
  await page.keyboard.press("Enter");
  await form.getByLabel("货位").fill("Y-01");
  await form.getByRole("button", { name: "保存" }).click();
  await expect(form).toBeHidden();

  await page.getByRole("searchbox").fill(name);
  const grid = page.getByRole("grid", { name: "在途" });
  await expect(grid.getByText("2099-12-01").first()).toBeVisible();
  await grid.getByText(name).click();
  const panel = page.getByRole("dialog", { name: /^RK/ });
  await expect(panel).toContainText("总仓 · Y-01");
  await expectAccessible(page);
  await panel.getByRole("button", { name: "到货入库" }).click();
  const receive = page.getByRole("dialog", { name: "到货入库" });
  await receive.getByLabel("本次到货件数").fill("21");
  await receive.getByRole("button", { name: "保存" }).click();
  await expect(receive.getByText("只有 20 件未到")).toBeVisible();
  await expectAccessible(page);
  await receive.getByLabel("本次到货件数").fill("2");
  await receive.getByRole("button", { name: "保存" }).click();
  await expect(receive).toBeHidden();
  await expect(panel.getByText("18", { exact: true })).toBeVisible();
  await page.keyboard.press("Escape");

  await page.goto(`/storage?product_id=${product.id}`);
  const stock = page.getByRole("grid", { name: "库存" });
  await expect(stock.getByText("18 2099-12-01")).toBeVisible();
  await stock.getByText(name).click();
  const ledger = page.getByRole("dialog", { name: `库存流水：${name}` });
  await expect(ledger.getByRole("link", { name: /^到货 RK/ })).toBeVisible();

  await signInAs(page, "客户经理", `/orders/${order.id}`);
  await expect(page.getByText(/^不足，可用 4/)).toBeVisible();
  await expect(page.getByText("在途 18（2099-12-01 到）")).toBeVisible();
  await expectAccessible(page);
  await page.goto(`/products/${product.id}`);
  await expect(page.getByRole("region", { name: "在途" })).toContainText(/18\s*2099-12-01\s*总仓 · Y-01/);

  await signInAs(page, "系统管理员", `/storage/arrivals?product_id=${product.id}`);
  await grid.getByText(name).click({ button: "right" });
  await page.getByRole("menuitem", { name: "取消在途" }).click();
  const question = page.getByRole("dialog", { name: /取消在途 RK/ });
  await question.getByRole("textbox").fill("供应商停产");
  await question.getByRole("button", { name: "取消在途" }).click();
  await expect(page.getByText("没有在途的产品").or(page.getByText(/没有符合/))).toBeVisible();
});

test("everybody reads what is on its way, in English too @phone", async ({ page, isMobile }) => {
  await signInAs(page, "客户经理", "/storage/arrivals", "en-US");
  await expect(page.getByRole(isMobile ? "list" : "grid", { name: "In transit" })).toBeVisible();
  await expect(page.getByText("Overdue").first()).toBeVisible();
  await expect(page.getByRole("button", { name: "New arrival" })).toHaveCount(0);
  expect(await fits(page)).toBe(true);
  await expectAccessible(page);
  await page.getByText("工业网关").first().click();
  await expect(page.getByRole("dialog", { name: /^RK/ })).toBeVisible();
  await expect(page.getByRole("button", { name: "Receive" })).toHaveCount(0);
  await expectAccessible(page);
});
