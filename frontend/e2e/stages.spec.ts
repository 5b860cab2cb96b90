// The way through the stages: an administrator says what a stage asks for; going on needs that, going back needs a reason.
import { expect, type Page, test } from "@playwright/test";
import { asRole, expectAccessible, signInAs } from "./helpers.ts";

const unique = () => `E2E ${Date.now().toString(36)}${Math.round(Math.random() * 1000)}`;

interface Versioned {
  id: number;
  version: number;
}

/** A chance of the first supervisor, in a process of its own; the process is disabled at once, so that nobody else meets it. */
async function givenChance(page: Page, title: string, conditions: string[]): Promise<Versioned> {
  const admin = await asRole(page, "系统管理员");
  const stages = [
    { name: "接触", rate: 10 },
    { name: "报价", rate: 50, conditions },
    { name: "签约", rate: 90 },
  ];
  const process = await admin.call<Versioned>("POST", "/processes", { name: `流程 ${title}`, stages });
  const boss = await asRole(page, "销售主管");
  const facts = { title, customer_name: `${title}有限公司`, process_id: process.id };
  const chance = await boss.call<Versioned>("POST", "/chances", facts);
  await admin.call("PATCH", `/processes/${process.id}`, { enabled: false }, process.version);
  return boss.call<Versioned>("POST", `/chances/${chance.id}/assign`, { assignee_id: boss.id }, chance.version);
}
/** Nothing stays on other people's boards. */
async function end(page: Page, id: number): Promise<void> {
  await (await asRole(page, "销售主管")).call("POST", `/chances/${id}/fail`, { reason: "price" });
}

test("what a stage asks for is told and filled in, and a step back says why", async ({ page }) => {
  const title = unique();
  const { id } = await givenChance(page, title, ["amount"]);
  await signInAs(page, "销售主管", `/chances/${id}`);
  const steps = page.getByRole("list", { name: "销售阶段" });
  const present = steps.locator("[aria-current=step]");
  await steps.getByRole("button", { name: /签约/ }).click();
  const lacking = page.getByRole("dialog", { name: "还不能进入这个阶段" });
  await expect(lacking).toContainText("进入“报价”需要：预计金额");
  await expect(present).toContainText("接触");
  await expectAccessible(page);

  await lacking.getByRole("button", { name: "编辑机会" }).click();
  const drawer = page.getByRole("dialog", { name: "编辑销售机会" });
  await drawer.getByLabel("预计金额").fill("5万");
  // The next step comes before the page has been read again: it is asked of what was just saved.
  const moved = page.waitForResponse((answer) => answer.url().endsWith("/move") && answer.ok());
  await page.route(`**/api/v1/chances/${id}`, async (route) => {
    if (route.request().method() === "GET") await moved;
    await route.continue();
  });
  await drawer.getByRole("button", { name: "保存" }).click();
  await expect(drawer).toBeHidden();
  await steps.getByRole("button", { name: /签约/ }).click();
  await expect(present).toContainText("签约");

  await steps.getByRole("button", { name: /接触/ }).click();
  const back = page.getByRole("dialog", { name: "退回到“接触”？" });
  await expect(back.getByRole("button", { name: "退回" })).toBeDisabled();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(back).toBeHidden();
  await expect(present).toContainText("签约");
  await steps.getByRole("button", { name: /接触/ }).click();
  await back.getByRole("textbox").fill("客户换了负责人");
  await back.getByRole("button", { name: "退回" }).click();
  await expect(present).toContainText("接触");
  await page.getByText("阶段历程").click();
  await expect(page.getByText("退回原因：客户换了负责人")).toBeVisible();
  await end(page, id);
});

test("on the board a card goes back to its place until it may go on, by keys", async ({ page }) => {
  const title = unique();
  const { id } = await givenChance(page, title, ["plan_done"]);
  await signInAs(page, "销售主管", `/chances?view=board&q=${encodeURIComponent(title)}`);
  const card = (name: string) =>
    page.getByRole("region", { name: new RegExp(`^${name}`) }).getByRole("article", { name: title });
  await card("接触").focus();
  await page.keyboard.press("Alt+ArrowRight");
  const lacking = page.getByRole("dialog", { name: "还不能进入这个阶段" });
  await expect(lacking).toContainText("至少一个已执行的计划项");
  await page.keyboard.press("Escape");
  await expect(card("接触")).toBeVisible();
  await expect(card("报价")).toHaveCount(0);

  const boss = await asRole(page, "销售主管");
  const plan = await boss.call<Versioned>("POST", `/chances/${id}/plans`, { date: "2030-01-01", todo: "拜访" });
  await boss.call("POST", `/plans/${plan.id}/execute`, { result: "谈过了", log_activity: false });
  await card("接触").focus();
  // The card goes back before the board has been read again: it names the version that the first move made.
  const moves = { done: 0 };
  const twice = new Promise<void>((resolve) => {
    page.on("response", (answer) => {
      if (answer.url().endsWith("/move") && answer.ok() && ++moves.done === 2) resolve();
    });
  });
  await page.route(/\/api\/v1\/chances\?/, async (route) => {
    await twice;
    await route.continue();
  });
  await page.keyboard.press("Alt+ArrowRight");
  await expect(card("报价")).toBeVisible();

  await card("报价").focus();
  await page.keyboard.press("Alt+ArrowLeft");
  const back = page.getByRole("dialog", { name: "退回到“接触”？" });
  await page.keyboard.press("Escape");
  await expect(back).toBeHidden();
  await expect(card("报价")).toBeVisible();
  await card("报价").focus();
  await page.keyboard.press("Alt+ArrowLeft");
  await back.getByRole("textbox").fill("需求变了");
  await back.getByRole("button", { name: "退回" }).click();
  await expect(card("接触")).toBeVisible();
  await twice; // the card moves before the server has answered
  await page.reload();
  await expect(card("接触")).toBeVisible();
  await end(page, id);
});

test("an administrator says what a stage asks for", async ({ page }) => {
  const name = unique();
  const admin = await asRole(page, "系统管理员");
  const stages = [
    { name: "接触", rate: 10 },
    { name: "报价", rate: 50 },
  ];
  const process = await admin.call<Versioned>("POST", "/processes", { name, stages });
  await admin.call("PATCH", `/processes/${process.id}`, { enabled: false }, process.version);
  await signInAs(page, "系统管理员", "/processes");
  const shown = page.getByRole("article", { name });
  await shown.getByRole("button", { name: "编辑流程" }).click();
  const drawer = page.getByRole("dialog", { name: "编辑流程" });
  await expect(drawer.getByRole("combobox", { name: "进入条件" })).toHaveCount(1);
  await drawer.locator(".el-select").click();
  await page.getByRole("option", { name: "联系人" }).click();
  await page.getByRole("option", { name: "预计金额" }).click();
  await page.keyboard.press("Escape");
  await expectAccessible(page);
  await drawer.getByRole("button", { name: "保存" }).click();
  await expect(drawer).toBeHidden();
  await expect(shown.getByText("需要：预计金额、联系人")).toBeVisible();
});
