// An order from its first line to paper, on the demo company.
import { expect, type Page, test } from "@playwright/test";
import { asRole, expectAccessible, fits, givenCustomer, signInAs } from "./helpers.ts";

const stamp = () => `${Date.now()}${Math.floor(Math.random() * 1000)}`;

interface Made {
  id: number;
  number: string;
}

/** A draft of the first manager over one product, on their screen. */
async function givenOrder(page: Page, name: string, product: string, count: number): Promise<Made> {
  const customer = await givenCustomer(page, name);
  const { call } = await asRole(page, "客户经理");
  const found = await call<{ items: Made[] }>("GET", `/products?q=${encodeURIComponent(product)}`);
  const lines = [{ product_id: found.items[0]?.id, count }];
  const order = await call<Made>("POST", "/orders", { customer_id: customer.id, lines });
  await signInAs(page, "客户经理", `/orders/${order.id}`);
  return order;
}

/** Opens the form on the page of the customer and gives it one line. */
async function newOrder(page: Page, product: string, count: string): Promise<void> {
  await page.getByRole("button", { name: "订单", exact: true }).click();
  await page.getByRole("button", { name: "新建订单" }).click();
  const form = page.getByRole("dialog", { name: "新建订单" });
  const line = form.getByRole("group", { name: "第 1 行" });
  await line.getByLabel("产品").fill(product);
  await page.getByRole("option", { name: product }).click();
  await expect(line.getByLabel("单价")).not.toHaveValue("");
  await line.getByLabel("件数").fill(count);
  await form.getByRole("button", { name: "保存" }).click();
  await expect(form).toBeHidden();
  await expect(page).toHaveURL(/\/orders\/\d+$/);
}

async function step(page: Page, name: string): Promise<void> {
  await page.getByRole("main").getByRole("button", { name, exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name, exact: true }).click();
}

test("an order is written, refused for lack of stock, confirmed, paid in part, completed and printed", async ({
  page,
}) => {
  test.setTimeout(60_000);
  await page.addInitScript(() => (window.print = () => document.body.setAttribute("data-printed", "yes")));
  const name = `订货第${stamp()}号有限公司`;
  const customer = await givenCustomer(page, name);
  await signInAs(page, "客户经理", `/customers/${customer.id}`);
  await newOrder(page, "工业网关", "100000");
  const main = page.getByRole("main");
  const lines = main.getByRole("region", { name: "订单明细" });
  await expect(lines.getByText(/^不足，可用/)).toBeVisible();

  await step(page, "确认订单");
  const alert = lines.getByRole("alert");
  await expect(alert).toContainText("库存不足，订单没有确认");
  await expect(alert).toContainText(/工业网关.*需要 100,000，可用/);
  await expectAccessible(page);

  await lines.getByRole("button", { name: "编辑工业网关的件数" }).click();
  await lines.getByRole("textbox", { name: "工业网关的件数" }).fill("0");
  await page.keyboard.press("Enter");
  await expect(lines.getByText("格式不正确")).toBeVisible();
  await lines.getByRole("textbox", { name: "工业网关的件数" }).fill("3");
  await page.keyboard.press("Enter");
  await lines.getByRole("button", { name: "编辑工业网关的折扣" }).click();
  await lines.getByRole("textbox", { name: "工业网关的折扣" }).fill("7.5");
  await page.keyboard.press("Enter");
  await expect(lines.getByRole("row", { name: /工业网关/ })).toContainText("¥18,870.00"); // 3 × 6,800 × 0.925
  await lines.getByRole("combobox", { name: "添加产品…" }).fill("SE-03");
  await page.getByRole("option", { name: /定制开发/ }).click();
  await expect(lines.getByText("¥63,870.00")).toBeVisible();
  await lines.getByRole("button", { name: "删除明细：定制开发" }).click();
  await expect(lines.getByText("不计库存")).toBeHidden();
  await page.getByRole("button", { name: "撤销" }).click();
  await expect(lines.getByText("不计库存")).toBeVisible();

  await step(page, "确认订单");
  await expect(main.getByRole("note")).toContainText("订单已确认");
  await expect(lines.getByRole("button", { name: /编辑/ })).toHaveCount(0);

  await main.getByRole("button", { name: "登记回款" }).first().click();
  const payment = page.getByRole("dialog", { name: "登记回款" });
  await expect(payment.getByLabel("回款金额")).toHaveValue("63870.00");
  await payment.getByLabel("回款金额").fill("70000");
  await payment.getByRole("button", { name: "保存" }).click();
  await expect(payment.getByText("不能超过未回款的 ¥63,870.00")).toBeVisible();
  await payment.getByLabel("回款金额").fill("20,000");
  await payment.getByRole("button", { name: "保存" }).click();
  await expect(main.getByText("部分回款").first()).toBeVisible();
  await expect(main.getByRole("region", { name: "回款" })).toContainText("¥43,870.00");
  await expect(main.getByRole("button", { name: "取消订单" })).toBeDisabled();

  await step(page, "完成订单");
  await expect(main.getByRole("note")).toContainText("订单已完成");
  await expect(main.getByText("登记回款", { exact: true }).last()).toBeVisible(); // the history says so too
  await expectAccessible(page);

  await main.getByRole("button", { name: "打印" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "订单" })).toBeVisible();
  await expect(page.getByRole("article")).toContainText(name);
  await expectAccessible(page);
  await page.getByRole("button", { name: "打印" }).click();
  await expect(page.locator("body")).toHaveAttribute("data-printed", "yes");
  await page.getByText("English", { exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Order" })).toBeVisible();
  await expect(page.getByRole("row", { name: /Total/ })).toContainText("¥63,870.00");
});

test("orders of a customer are summed up on its page, and found in the list", async ({ page }) => {
  const name = `汇总第${stamp()}号有限公司`;
  const { number } = await givenOrder(page, name, "年度维保", 2);
  await step(page, "确认订单");
  await expect(page.getByRole("note")).toContainText("订单已确认");
  await page.getByRole("main").getByRole("link", { name }).click();
  await page.getByRole("button", { name: "订单", exact: true }).click();
  await expect(page.getByText("平均间隔")).toBeVisible();
  await expect(page.getByRole("link", { name: number })).toBeVisible();
  await expectAccessible(page);

  await page.keyboard.press("g");
  await page.keyboard.press("d");
  await expect(page).toHaveURL(/\/orders$/);
  await page.getByRole("searchbox").fill(number);
  const grid = page.getByRole("grid", { name: "历史订单" });
  await expect(grid.getByRole("row")).toHaveCount(2);
  await expect(grid.getByText(name)).toBeVisible();
  await page.getByRole("button", { name: "待回款" }).click();
  await expect(grid.getByText("未回款", { exact: true }).last()).toBeVisible();
  await expectAccessible(page);
});

test("a draft is deleted and comes back, an order is cancelled with a reason", async ({ page }) => {
  const { number } = await givenOrder(page, `取消第${stamp()}号有限公司`, "实施服务", 1);
  await page.getByRole("button", { name: "删除草稿" }).click();
  await expect(page).toHaveURL(/\/orders$/);
  await page.getByRole("button", { name: "撤销" }).click();
  await expect(page.getByText("草稿已恢复")).toBeVisible();
  await page.getByRole("grid").getByText(number).click();
  await page.getByRole("button", { name: "取消订单" }).click();
  const question = page.getByRole("dialog");
  await question.getByRole("textbox").fill("客户推迟采购");
  await question.getByRole("button", { name: "取消订单" }).click();
  await expect(page.getByRole("note")).toContainText("原因：客户推迟采购");
});

test("wrong lines are told at their fields before anything is sent", async ({ page }) => {
  await signInAs(page, "客户经理", "/orders?new=1");
  const form = page.getByRole("dialog", { name: "新建订单" });
  const line = form.getByRole("group", { name: "第 1 行" });
  await line.getByLabel("单价").fill("1.234");
  await line.getByLabel("件数").fill("0");
  await form.getByRole("button", { name: "保存" }).click();
  await expect(line.getByLabel("件数")).toHaveAttribute("aria-invalid", "true");
  await expect(line.getByLabel("单价")).toHaveAttribute("aria-invalid", "true");
  await expect(form.getByText("必填")).toHaveCount(2); // customer and product
  await expectAccessible(page);
  await line.getByLabel("单价").fill("0.35");
  await line.getByLabel("件数").fill("3");
  await line.getByLabel("折扣").fill("50");
  await expect(form.getByText("¥0.53").first()).toBeVisible();
});

test("who may only read sees orders without a way to change them", async ({ page }) => {
  await signInAs(page, "高管", "/orders");
  await expect(page.getByRole("button", { name: "新建订单" })).toHaveCount(0);
  await page.getByRole("grid").getByRole("link").first().click();
  await expect(page.getByRole("button", { name: "打印" })).toBeVisible();
  await expect(page.getByRole("button", { name: /确认订单|完成订单|登记回款|取消订单/ })).toHaveCount(0);
  await page.goto("/orders/999999999");
  await expect(page.getByRole("heading", { name: "找不到这个页面或记录" })).toBeVisible();
});

test("on a phone in English the list is cards and an order fits @phone-only", async ({ page }) => {
  await signInAs(page, "客户经理", "/orders?tab=confirmed", "en-US");
  const cards = page.getByRole("list", { name: "Orders" });
  await expect(cards.getByRole("listitem").first()).toBeVisible();
  await expectAccessible(page);
  await cards.getByRole("link").first().click();
  await expect(page.getByRole("button", { name: "Complete" })).toBeVisible();
  expect(await fits(page)).toBe(true);
  await expectAccessible(page);
  await page.getByRole("button", { name: "Print" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Order" })).toBeVisible();
  expect(await fits(page)).toBe(true);
  await page.goto("/orders?new=1");
  const form = page.getByRole("dialog", { name: "New order" });
  await form.getByRole("button", { name: "Add a line" }).click();
  await expect(form.getByRole("group", { name: "Line 2" })).toBeVisible();
  await expectAccessible(page);
});

test("on paper, long names wrap and large amounts keep their line", async ({ page }) => {
  const long = `Wolfeschlegelsteinhausenbergerdorff${stamp()}`.padEnd(60, "x");
  const customer = await givenCustomer(page, `${long}𠮷野家`.slice(0, 60));
  const admin = await asRole(page, "系统管理员");
  const product = await admin.call<{ id: number }>("POST", "/products", { name: long });
  const { call } = await asRole(page, "客户经理");
  const lines = [{ product_id: product.id, count: 1, price: "123456789012.34", discount: "0.1", tax_rate: "0.13" }];
  const order = await call<{ id: number }>("POST", "/orders", {
    customer_id: customer.id,
    lines,
    memo: long.repeat(3),
  });
  await signInAs(page, "客户经理", "/profile"); // the sheet of paper has no menu to wait for
  await page.goto(`/orders/${order.id}/print`);
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 680, height: 1000 }); // A4 within its margins
  const sheet = page.getByRole("article");
  await expect(sheet).toContainText("¥111,111,110,111.11");
  expect(await sheet.evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0);
  const cells = sheet.locator("td, dd, li > span, .company");
  expect(await cells.evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).length)).toBe(0);
  const high = await sheet.locator("td.end").evaluateAll((all) => all.map((one) => one.textContent));
  expect(high.join(" ")).toContain("123,456,789,012.34");
});
