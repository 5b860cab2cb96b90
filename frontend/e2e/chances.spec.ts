// A chance from its first line to the win, by those who do it: the salesperson creates, the supervisor assigns, the work is closed.
import { expect, type Page, test } from "@playwright/test";
import { asRole, expectAccessible, signInAs } from "./helpers.ts";

const unique = () => `E2E ${Date.now().toString(36)}${Math.round(Math.random() * 1000)}`;

async function createChance(page: Page, title: string): Promise<void> {
  await page.goto("/chances?new=1");
  const drawer = page.getByRole("dialog", { name: "新建销售机会" });
  await drawer.getByLabel("机会名称").fill(title);
  await drawer.getByRole("textbox", { name: "客户名称" }).fill(`${title}有限公司`);
  await drawer.getByLabel("联系人").fill("沈建国");
  await drawer.getByLabel("电话").fill("13800001234");
  await drawer.getByLabel("预计金额").fill("12.5万");
  await drawer.getByRole("button", { name: "保存" }).click();
  await expect(page).toHaveURL(/\/chances\/\d+$/);
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
}

async function assignTo(page: Page, name: string): Promise<void> {
  const dialog = page.getByRole("dialog", { name: "指派" });
  await dialog.getByRole("combobox").fill(name);
  await page.getByRole("option", { name }).click();
  await dialog.getByRole("button", { name: "指派" }).click();
  await expect(dialog).toBeHidden();
}

/** A supervisor may do the work as well: a chance of their own, on their screen. */
async function mine(page: Page, customer = ""): Promise<{ title: string; url: string }> {
  const title = unique();
  const { id: me, call } = await asRole(page, "销售主管");
  const facts = { title, customer_name: customer || `${title}有限公司`, linkman: "沈建国", amount: "125000" };
  const { id } = await call<{ id: number }>("POST", "/chances", facts);
  await call("POST", `/chances/${id}/assign`, { assignee_id: me });
  const url = `/chances/${id}`;
  await signInAs(page, "销售主管", url);
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  return { title, url };
}

test("the list narrows by tab, search and filter, and the link keeps it", async ({ page }) => {
  await signInAs(page, "销售主管", "/chances");
  await expect(page.getByRole("grid", { name: "销售机会" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: /^待指派/ }).click();
  await expect(page).toHaveURL(/tab=unassigned/);
  await expect(page.getByRole("gridcell", { name: "未指派", exact: true }).first()).toBeVisible();
  await expect(page.getByRole("gridcell", { name: "已指派", exact: true })).toHaveCount(0);
  await page.getByRole("searchbox").fill("不会有这样的机会名称");
  await expect(page.getByText("没有符合条件的记录")).toBeVisible();
  await page.reload();
  await expect(page.getByText("没有符合条件的记录")).toBeVisible();
  await page.getByRole("button", { name: "清除筛选" }).click();
  await expect(page.getByRole("grid", { name: "销售机会" })).toBeVisible();
});

test("missing words are told at their fields before anything is sent", async ({ page }) => {
  await signInAs(page, "客户经理", "/chances?new=1");
  const drawer = page.getByRole("dialog", { name: "新建销售机会" });
  await drawer.getByRole("button", { name: "保存" }).click();
  await expect(drawer.getByLabel("机会名称")).toHaveAttribute("aria-invalid", "true");
  await expect(drawer.getByText("必填").first()).toBeVisible();
  await expectAccessible(page);
});

test("a chance is created, moved, edited in place, and won with a new customer", async ({ page }) => {
  await signInAs(page, "销售主管", "/profile");
  const me = (await page.locator("header .me").innerText()).trim().split("\n").pop() ?? "";
  const title = unique();
  await createChance(page, title);
  await page.getByRole("button", { name: "指派", exact: true }).click();
  await assignTo(page, me);
  await expect(page.getByText("已指派", { exact: true }).first()).toBeVisible();
  const steps = page.getByRole("list", { name: "销售阶段" });
  await steps.getByRole("button", { name: /需求确认/ }).click();
  await expect(steps.locator("[aria-current=step]")).toContainText("需求确认");
  await expect(page.getByText("移动了阶段")).toBeVisible();
  await page.getByRole("button", { name: "编辑预计金额" }).click();
  await page.getByRole("textbox", { name: "预计金额" }).fill("20万");
  await page.keyboard.press("Enter");
  await expect(page.getByText("¥200,000.00").first()).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("button", { name: "开发成功" }).click();
  const dialog = page.getByRole("dialog", { name: "开发成功" });
  await expect(dialog.getByLabel("成交金额")).toHaveValue("200000.00");
  await dialog.getByRole("button", { name: "开发成功" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("note")).toContainText("开发成功");
  await expect(page.getByRole("link", { name: `${title}有限公司` })).toBeVisible();
  await expect(page.getByRole("button", { name: "编辑", exact: true })).toHaveCount(0);
  await expect(page.getByText("移动了阶段")).toBeVisible();
});

test("a likely twin is shown before a customer is made twice", async ({ page }) => {
  const first = await mine(page);
  await page.getByRole("button", { name: "开发成功" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "开发成功" }).click();
  await expect(page.getByRole("note")).toBeVisible();
  await mine(page, `${first.title}有限公司`);
  await page.getByRole("button", { name: "开发成功" }).click();
  const dialog = page.getByRole("dialog", { name: "开发成功" });
  await expect(dialog.locator(".el-select__placeholder", { hasText: `${first.title}有限公司` })).toBeVisible();
  await dialog.getByText("建立新客户").click();
  await dialog.getByRole("button", { name: "开发成功" }).click();
  await expect(dialog.getByText("可能已有这家客户")).toBeVisible();
  await dialog.getByRole("radio", { name: new RegExp(`${first.title}有限公司.*KH`) }).check();
  await dialog.getByRole("button", { name: "开发成功" }).click();
  await expect(page.getByRole("note")).toContainText("开发成功");
});

test("a chance fails with a reason and is opened again", async ({ page }) => {
  await mine(page);
  await page.getByRole("button", { name: "终止开发" }).click();
  const dialog = page.getByRole("dialog", { name: "终止开发" });
  await dialog.getByRole("button", { name: "终止开发" }).click();
  await expect(dialog.getByText("必填")).toBeVisible();
  await dialog.locator(".el-select").first().click();
  await page.getByRole("option", { name: "价格过高" }).click();
  await dialog.locator(".el-select").last().click();
  await page.getByRole("option", { name: "恒通软件" }).click();
  await dialog.getByRole("button", { name: "终止开发" }).click();
  await expect(page.getByRole("note")).toContainText("价格过高");
  await expect(page.getByText("竞争对手").first()).toBeVisible();
  await expect(page.getByText("恒通软件").first()).toBeVisible();
  await page.getByRole("button", { name: "重新打开" }).click();
  await expect(page.getByRole("dialog")).toContainText("其账号若已停用，机会转为未指派");
  await page.getByRole("dialog").getByRole("textbox").fill("客户又来询价");
  await page.getByRole("dialog").getByRole("button", { name: "重新打开" }).click();
  await expect(page.getByText("已指派", { exact: true }).first()).toBeVisible();
  await expect(page.getByText("客户又来询价")).toBeVisible();
});

async function phone(where: Page, tel: string): Promise<void> {
  await where.getByRole("button", { name: "编辑电话" }).click();
  await where.getByRole("textbox", { name: "电话" }).fill(tel);
  await where.keyboard.press("Enter");
}

test("an edit in place meets somebody else's: overwrite it, or take theirs", async ({ page }) => {
  const { url } = await mine(page);
  const other = await page.context().newPage();
  await other.goto(url);
  const changed = page.getByRole("dialog", { name: "内容已被他人修改" });
  await phone(other, "13900000001");
  await expect(other.getByText("13900000001", { exact: true })).toBeVisible();
  await phone(page, "13900000002");
  await expect(changed).toBeVisible();
  await expectAccessible(page);
  await changed.getByRole("button", { name: "覆盖" }).click();
  await expect(page.getByText("13900000002", { exact: true })).toBeVisible();

  await other.reload();
  await phone(other, "13900000003");
  await expect(other.getByText("13900000003", { exact: true })).toBeVisible();
  await phone(page, "13900000004");
  await changed.getByRole("button", { name: "重新加载" }).click();
  await expect(page.getByText("13900000003", { exact: true })).toBeVisible();
});

test("what was deleted comes back", async ({ page }) => {
  const title = unique();
  const { call } = await asRole(page, "销售主管");
  const { id } = await call<{ id: number }>("POST", "/chances", { title, customer_name: `${title}有限公司` });
  const url = `/chances/${id}`;
  await signInAs(page, "销售主管", url);
  await page.getByRole("button", { name: "删除", exact: true }).click();
  await expect(page).toHaveURL(/\/chances$/);
  await page.getByRole("button", { name: "撤销" }).click();
  await expect(page.getByText("已恢复")).toBeVisible();
  await page.goto(url);
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
});

test("the board moves by keys, and taking back asks why", async ({ page }) => {
  const { title } = await mine(page);
  await page.goto(`/chances?view=board&q=${encodeURIComponent(title)}`);
  const column = (name: string) => page.getByRole("region", { name: new RegExp(`^${name}`) });
  const card = (name: string) => column(name).getByRole("article", { name: title });
  await card("初步接触").focus();
  await page.keyboard.press("Alt+ArrowRight");
  await expect(card("需求确认")).toBeVisible();
  await expectAccessible(page);
  await page.reload();
  await expect(card("需求确认")).toBeVisible();
  await card("需求确认").focus();
  await page.keyboard.press("m");
  await page.getByRole("menuitem", { name: "未指派" }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("换人跟进");
  await page.getByRole("dialog").getByRole("button", { name: "收回" }).click();
  await expect(card("未指派")).toBeVisible();
});

test("many are assigned at once, each row says what became of it", async ({ page }) => {
  const title = unique();
  const { call } = await asRole(page, "销售主管");
  for (const one of ["甲", "乙"])
    await call("POST", "/chances", { title: `${title} ${one}`, customer_name: `${title}有限公司` });
  await signInAs(page, "销售主管", `/chances?q=${encodeURIComponent(title)}`);
  await page.getByLabel("选择全部").check();
  await page.getByRole("toolbar").getByRole("button", { name: "指派" }).click();
  const dialog = page.getByRole("dialog", { name: "指派 2 个机会" });
  await dialog.getByRole("combobox").click();
  await page.getByRole("option").first().click();
  await dialog.getByRole("button", { name: "指派" }).click();
  await expect(page.locator(".toast", { hasText: "已完成 2 个，共 2 个" })).toBeVisible();
  await expect(page.getByRole("gridcell", { name: "已指派", exact: true })).toHaveCount(2);
});

test("logging an activity takes at most three taps, and an unlinked chance keeps what is said of it @phone", async ({
  page,
}) => {
  await signInAs(page, "客户经理", "/chances");
  await page.getByRole("button", { name: "更多操作" }).first().click();
  await page.getByRole("menuitem", { name: "记跟进" }).click();
  await expect(page.getByRole("dialog", { name: "记跟进" })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape"); // also out of a closed select
  await expect(page.getByRole("dialog")).toBeHidden();

  await createChance(page, unique());
  await page.getByRole("button", { name: "记跟进" }).click();
  await expect(page.getByRole("dialog")).toContainText("记录先留在机会上");
});

test("a chance out of scope is gone, not forbidden", async ({ page }) => {
  await signInAs(page, "客户经理", "/chances/999999999");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("找不到");
  await expectAccessible(page);
});

test("an executive reads and changes nothing", async ({ page }) => {
  await signInAs(page, "高管", "/chances?tab=all&status=assigned");
  await page.getByRole("grid").getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.locator(".actions").getByRole("button")).toHaveCount(0);
});
