// The main loop as its people go through it, each in a browser of their own: a supervisor records a chance and assigns it,
// a manager plans, works and closes it, and the customer is there. Once in Chinese at a desk, once in English on a phone.
import { type Browser, expect, type Page, test } from "@playwright/test";
import { expectAccessible } from "./helpers.ts";

const ZH = {
  language: "zh-CN",
  supervisor: "销售主管",
  manager: "客户经理",
  menu: "主菜单",
  create: "新建",
  newChance: "新建销售机会",
  chances: "销售机会",
  title: "机会名称",
  customerName: "客户名称",
  linkman: "联系人",
  tel: "电话",
  amount: "预计金额",
  save: "保存",
  assign: "指派",
  assigned: "已指派",
  mine: "我负责的",
  addPlan: "添加计划项",
  todo: "计划内容",
  execute: "执行",
  executeOne: "执行：",
  result: "执行效果",
  done: "已执行",
  board: "切换为看板",
  first: "初步接触",
  second: "需求确认",
  succeed: "开发成功",
  won: "开发成功",
  value: "成交金额",
  fail: "终止开发",
  lost: "终止开发",
  tooDear: "价格过高",
  reopen: "重新打开",
  facts: "资料",
  activities: "交往记录",
  story: "变更历史",
  moved: "移动了阶段",
  gone: "找不到",
  wonFrom: "由销售机会",
};
const EN: typeof ZH = {
  language: "en-US",
  supervisor: "Sales supervisor",
  manager: "Account manager",
  menu: "Main menu",
  create: "Create",
  newChance: "New chance",
  chances: "Chances",
  title: "Title",
  customerName: "Customer name",
  linkman: "Contact",
  tel: "Phone",
  amount: "Expected amount",
  save: "Save",
  assign: "Assign",
  assigned: "Assigned",
  mine: "Assigned to me",
  addPlan: "Add plan item",
  todo: "What to do",
  execute: "Execute",
  executeOne: "Execute: ",
  result: "Result",
  done: "Executed",
  board: "Show as board",
  first: "First contact",
  second: "Needs confirmed",
  succeed: "Mark as succeeded",
  won: "succeeded",
  value: "Won value",
  fail: "Mark as failed",
  lost: "failed",
  tooDear: "Price too high",
  reopen: "Reopen",
  facts: "Facts",
  activities: "Activities",
  story: "History",
  moved: "Moved to another stage",
  gone: "not found",
  wonFrom: "Won from chance",
};
type Words = typeof ZH;

const unique = () => `环线 ${Date.now().toString(36)}${Math.round(Math.random() * 1000)}`;

/** Signs in by one click as the nth person of a role, in a window of their own. */
async function enter(browser: Browser, words: Words, role: string, nth = 0): Promise<{ page: Page; name: string }> {
  const context = await browser.newContext();
  await context.addInitScript((language) => localStorage.setItem("kith.language", language), words.language);
  const page = await context.newPage();
  await page.goto("/login");
  const group = page.locator(".group", { has: page.getByRole("heading", { name: role, exact: true }) });
  const person = group.getByRole("button").nth(nth);
  const name = (await person.locator("b").innerText()).trim();
  await person.click();
  await expect(page.getByRole("navigation", { name: words.menu })).toBeVisible();
  return { page, name };
}

/** 新建 → 销售机会 → the form, filled by keyboard from its first field on → assigned to a manager. */
async function recordAndAssign(page: Page, words: Words, title: string, manager: string): Promise<string> {
  await page.getByRole("button", { name: words.create, exact: true }).click();
  await page.getByRole("menuitem", { name: words.newChance }).click();
  const drawer = page.getByRole("dialog", { name: words.newChance });
  await expect(drawer.getByLabel(words.title)).toBeFocused();
  await page.keyboard.type(title);
  await drawer.getByRole("textbox", { name: words.customerName }).fill(`${title}有限公司`);
  await drawer.getByRole("textbox", { name: words.linkman }).fill("沈建国");
  await drawer.getByLabel(words.tel).fill("13800001234");
  await drawer.getByLabel(words.amount).fill("128,000");
  await expectAccessible(page);
  await drawer.getByRole("button", { name: words.save }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();

  await page.getByRole("button", { name: words.assign, exact: true }).click();
  const dialog = page.getByRole("dialog", { name: words.assign });
  await dialog.getByRole("combobox").fill(manager);
  await page.getByRole("option", { name: manager }).click();
  await dialog.getByRole("button", { name: words.assign }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText(words.assigned, { exact: true }).first()).toBeVisible();
  return page.url();
}

async function openMine(page: Page, words: Words, title: string): Promise<void> {
  const menu = page.getByRole("navigation", { name: words.menu });
  await menu.getByRole("link", { name: words.chances, exact: true }).first().click();
  await expect(page.getByRole("button", { name: words.mine })).toHaveAttribute("aria-current", "page");
  await page.getByRole("link", { name: title }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
}

async function planAndExecute(page: Page, words: Words): Promise<void> {
  await page.getByRole("button", { name: words.addPlan }).click();
  const dialog = page.getByRole("dialog", { name: words.addPlan });
  await dialog.getByLabel(words.todo).fill("带样机上门演示");
  await dialog.getByRole("button", { name: words.save }).click();
  const item = page.locator("li.plan", { hasText: "带样机上门演示" });
  await item.getByRole("button", { name: words.executeOne }).click();
  await item.getByRole("textbox", { name: words.result }).fill("客户认可方案，要正式报价");
  await item.getByRole("button", { name: words.execute, exact: true }).click();
  await expect(item).toHaveClass(/done/);
  await expect(item).toContainText("客户认可方案，要正式报价");
}

async function moveByKeys(page: Page, words: Words, title: string): Promise<void> {
  await page.goto(`/chances?q=${encodeURIComponent(title)}`);
  await page.getByRole("button", { name: words.board }).click();
  const column = (name: string) => page.getByRole("region", { name: new RegExp(`^${name}`) });
  const card = (name: string) => column(name).getByRole("article", { name: title });
  await card(words.first).focus();
  const moved = page.waitForResponse((answer) => answer.url().endsWith("/move") && answer.ok());
  await page.keyboard.press("Alt+ArrowRight");
  await expect(card(words.second)).toBeFocused();
  await moved;
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
}

async function winAndMeetTheCustomer(page: Page, words: Words, title: string): Promise<void> {
  await page.getByRole("button", { name: words.succeed }).click();
  const dialog = page.getByRole("dialog", { name: words.succeed });
  await expect(dialog.getByLabel(words.value)).toHaveValue("128000.00");
  await dialog.getByRole("button", { name: words.succeed }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("note")).toContainText(words.won);
  await expect(page.getByText(words.moved).first()).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("link", { name: `${title}有限公司` }).click();
  await expect(page.getByRole("heading", { level: 1, name: `${title}有限公司` })).toBeVisible();
  const tabs = page.getByRole("button");
  await expect(page.getByRole("button", { name: "沈建国" }).first()).toBeVisible();
  await tabs.filter({ hasText: new RegExp(`^${words.activities}$`) }).click();
  await expect(page.locator(".timeline")).toContainText(words.wonFrom);
  await tabs.filter({ hasText: new RegExp(`^${words.chances}$`) }).click();
  await expect(page.getByRole("link", { name: title, exact: true }).last()).toBeVisible();
  await tabs.filter({ hasText: new RegExp(`^${words.story}$`) }).click();
  await expect(page.locator(".timeline li").first()).toBeVisible();
  await expectAccessible(page);
}

async function failWithReason(page: Page, words: Words): Promise<void> {
  await page.getByRole("button", { name: words.fail }).click();
  const dialog = page.getByRole("dialog", { name: words.fail });
  await dialog.locator(".el-select").first().click();
  await page.getByRole("option", { name: words.tooDear }).click();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: words.fail }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("note")).toContainText(words.tooDear);
}

async function reopen(page: Page, words: Words): Promise<void> {
  await expect(page.getByRole("note")).toContainText(words.lost);
  await page.getByRole("button", { name: words.reopen }).click();
  const question = page.getByRole("dialog");
  await question.getByRole("textbox").fill("客户又来询价");
  await question.getByRole("button", { name: words.reopen }).click();
  await expect(page.getByText(words.assigned, { exact: true }).first()).toBeVisible();
  await expect(page.getByText("客户又来询价")).toBeVisible();
}

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
const ways = [
  { where: "in Chinese at a desk", words: ZH, use: { viewport: { width: 1440, height: 900 } } },
  { where: "in English on a phone", words: EN, use: phone },
];
for (const { where, words, use } of ways) {
  test.describe(where, () => {
    test.use(use);
    test.setTimeout(120_000);
    test("a chance is recorded, assigned, planned, moved and won, and its customer is there", async ({ browser }) => {
      const title = unique();
      const manager = await enter(browser, words, words.manager);
      const supervisor = await enter(browser, words, words.supervisor);
      await recordAndAssign(supervisor.page, words, title, manager.name);
      await openMine(manager.page, words, title);
      await planAndExecute(manager.page, words);
      await moveByKeys(manager.page, words, title);
      await winAndMeetTheCustomer(manager.page, words, title);
    });

    test("a chance fails with a reason, the supervisor reopens it, and a colleague never sees it", async ({
      browser,
    }) => {
      const title = unique();
      const manager = await enter(browser, words, words.manager);
      const supervisor = await enter(browser, words, words.supervisor);
      const address = await recordAndAssign(supervisor.page, words, title, manager.name);
      await openMine(manager.page, words, title);
      await failWithReason(manager.page, words);
      await supervisor.page.reload();
      await reopen(supervisor.page, words);

      const colleague = await enter(browser, words, words.manager, 1);
      await colleague.page.goto(address);
      await expect(colleague.page.getByRole("heading", { level: 1 })).toContainText(words.gone);
      await expectAccessible(colleague.page);
    });
  });
}
