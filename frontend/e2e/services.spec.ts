// A complaint from the customer's call to the archive, twice round, by those who do it; and an inquiry that becomes a chance.
import { expect, type Page, test } from "@playwright/test";
import { asRole, expectAccessible, fits, givenCustomer, signInAs } from "./helpers.ts";

const unique = () => `E2E ${Date.now().toString(36)}${Math.round(Math.random() * 1000)}`;
const dialogOf = (page: Page, name: string) => page.getByRole("dialog", { name, exact: true });

async function deal(page: Page, words: string): Promise<void> {
  await page.getByRole("button", { name: "服务处理" }).click();
  const dialog = dialogOf(page, "服务处理");
  await dialog.getByLabel("做了什么").fill(words);
  await dialog.getByRole("button", { name: "服务处理" }).click();
  await expect(dialog).toBeHidden();
}

async function visit(page: Page, words: string): Promise<void> {
  await page.getByRole("button", { name: "登记回访" }).click();
  const dialog = dialogOf(page, "登记回访");
  await dialog.getByLabel("回访情况").fill(words);
  await dialog.getByRole("button", { name: "登记回访" }).click();
  await expect(dialog).toBeHidden();
}

async function feedback(page: Page, stars: number, words: string, send: string): Promise<void> {
  await page.getByRole("button", { name: "服务反馈" }).click();
  const dialog = dialogOf(page, "服务反馈");
  await dialog.getByRole("radio", { name: new RegExp(`^${stars} 星`) }).check({ force: true });
  await dialog.getByRole("textbox").fill(words);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: send }).click();
  await expect(dialog).toBeHidden();
}

const steps = (page: Page) => page.getByRole("list", { name: "服务流程" });

test("a complaint goes twice round before it is archived", async ({ page }) => {
  test.setTimeout(90_000);
  const title = unique();
  const customer = await givenCustomer(page, `${title}有限公司`);
  const manager = await asRole(page, "客户经理");
  const { name } = await manager.call<{ name: string }>("GET", "/me");

  await signInAs(page, "客户经理", `/customers/${customer.id}?tab=services`);
  await page.getByRole("button", { name: "新建服务" }).click();
  const drawer = dialogOf(page, "新建服务");
  await drawer.getByRole("button", { name: "保存" }).click();
  await expect(drawer.getByLabel("服务概要")).toHaveAttribute("aria-invalid", "true");
  await drawer.getByText("投诉", { exact: true }).click();
  await expect(drawer.getByText("责任部门")).toBeVisible();
  await drawer.getByLabel("服务概要").fill(title);
  await drawer.getByLabel("服务请求").last().fill("设备运行时有异响");
  await expectAccessible(page);
  await drawer.getByRole("button", { name: "保存" }).click();
  await expect(page).toHaveURL(/\/services\/\d+$/);
  await expect(steps(page).locator("[aria-current=step]")).toContainText("等待主管分配");
  const url = page.url();

  await signInAs(page, "销售主管", url);
  await page.getByRole("button", { name: "分配", exact: true }).click();
  const assign = dialogOf(page, "分配");
  await expect(assign.getByRole("listitem").first()).toContainText("最空闲");
  await expectAccessible(page);
  await assign.getByRole("radio", { name: new RegExp(name) }).check();
  await assign.getByRole("button", { name: "分配" }).click();
  await expect(assign).toBeHidden();
  await expect(steps(page).locator("[aria-current=step]")).toContainText(`等待 ${name} 处理`);
  await expect(page.getByRole("button", { name: "服务处理" })).toHaveCount(0);

  await signInAs(page, "客户经理", url);
  await deal(page, "更换轴承");
  await expect(steps(page).locator("[aria-current=step]")).toContainText("回访");
  await visit(page, "电话回访，客户说仍有异响");
  await feedback(page, 2, "仍有异响", "提交并退回");
  await expect(page.getByText("客户不满意，退回继续处理：仍有异响")).toBeVisible();
  await expect(page.getByText("退回 1 次")).toBeVisible();
  await deal(page, "更换整机");
  await page.getByRole("button", { name: "服务反馈" }).click();
  await dialogOf(page, "服务反馈").getByRole("radio", { name: /^5 星/ }).check({ force: true });
  await expect(dialogOf(page, "服务反馈").getByRole("status")).toContainText("须先登记本轮回访");
  await dialogOf(page, "服务反馈").getByRole("button", { name: "取消" }).click();
  await page.getByRole("button", { name: "放弃修改" }).click();
  await visit(page, "现场回访");
  await feedback(page, 5, "问题解决，很满意", "提交并归档");
  await expect(page.getByText(/已由 .+ 归档，客户满意度 5 星/)).toBeVisible();
  await expect(page.getByRole("heading", { name: "第 1 轮" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "第 2 轮" })).toBeVisible();
  await expect(page.getByText("反馈不满意，退回继续处理")).toBeVisible();
  await expect(page.getByRole("button", { name: "编辑" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "新建后续服务" })).toBeVisible();
  await expectAccessible(page);
});

test("an inquiry becomes a chance in one click, and the two know each other", async ({ page }) => {
  const title = unique();
  const customer = await givenCustomer(page, `${title}有限公司`);
  await signInAs(page, "客户经理", "/services");
  await page.getByRole("button", { name: "新建服务" }).first().click();
  const drawer = dialogOf(page, "新建服务");
  await drawer.getByRole("combobox").first().fill(customer.name);
  await page.getByRole("option", { name: customer.name }).click();
  await drawer.getByLabel("服务概要").fill(title);
  await drawer.getByLabel("服务请求").last().fill("想了解扩容的价格");
  await drawer.getByRole("button", { name: "保存" }).click();
  await expect(page).toHaveURL(/\/services\/\d+$/);

  await page.getByLabel("备注内容").fill("下周再打一次电话");
  await page.getByRole("button", { name: "添加备注" }).click();
  await expect(page.getByRole("listitem").filter({ hasText: "下周再打一次电话" })).toBeVisible();

  await page.getByRole("button", { name: "转为销售机会" }).click();
  await page.getByRole("button", { name: "打开机会" }).click();
  await expect(page).toHaveURL(/\/chances\/\d+$/);
  await page.getByRole("link", { name: title, exact: true }).click();
  await expect(page).toHaveURL(/\/services\/\d+$/);
  await expect(page.getByRole("button", { name: "转为销售机会" })).toHaveCount(0);
});

test("a supervisor works through the queues", async ({ page }) => {
  await signInAs(page, "销售主管", "/services");
  await expect(page.getByRole("grid", { name: "客户服务" })).toBeVisible();
  await page.getByRole("button", { name: /^待分配/ }).click();
  await expect(page).toHaveURL(/tab=unassigned/);
  await expect(page.getByRole("gridcell", { name: "新创建", exact: true }).first()).toBeVisible();
  await page.getByRole("button", { name: /^已逾期/ }).click();
  await expect(page.getByRole("grid").locator("time[title^=逾期]").first()).toBeVisible();
  await expectAccessible(page);
});

test("the same in English on a phone @phone-only", async ({ page }) => {
  const { call } = await asRole(page, "客户经理");
  const { items } = await call<{ items: { id: number }[] }>("GET", "/services?limit=1");
  await signInAs(page, "客户经理", "/services?tab=all", "en-US");
  await expect(page.getByRole("heading", { level: 1, name: "Services" })).toBeVisible();
  await expectAccessible(page);
  await page.goto(`/services/${items[0]?.id}`);
  await expect(page.getByRole("list", { name: "Way of the service" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "Internal notes" })).toBeVisible();
  await expectAccessible(page);
  expect(await fits(page)).toBe(true);
});
