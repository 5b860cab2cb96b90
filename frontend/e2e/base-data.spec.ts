// What an administrator keeps in order: dictionary values, settings, sales processes.
import { expect, type Page, test } from "@playwright/test";
import { asRole, expectAccessible, givenCustomer, givenOverdueItem, signInAs } from "./helpers.ts";

const stamp = () => `${Date.now()}`.slice(-7);
const dialogOf = (page: Page, name: string | RegExp) => page.getByRole("dialog", { name });

async function addValue(page: Page, name: string, english: string): Promise<void> {
  await page.getByRole("button", { name: "新建值" }).click();
  const dialog = dialogOf(page, "新建值");
  await dialog.getByLabel("中文名称").fill(name);
  await dialog.getByLabel("英文名称").fill(english);
  await dialog.getByRole("button", { name: "保存" }).click();
  await expect(dialog).toBeHidden();
}

test("a value in use cannot be deleted, but merged into another", async ({ page }) => {
  test.setTimeout(60_000);
  const mark = stamp();
  const [old, kept] = [`旧地区${mark}`, `新地区${mark}`];
  await signInAs(page, "系统管理员", "/dictionary?type=region");
  await addValue(page, old, `Old ${mark}`);
  await addValue(page, kept, `Kept ${mark}`);
  await givenCustomer(page, `${old}有限公司`, { region: `old_${mark}` });

  await signInAs(page, "系统管理员", "/dictionary?type=region");
  const values = page.getByRole("list", { name: "地区" });
  await expect(values.getByRole("listitem").last()).toContainText(kept);
  await values.getByRole("button", { name: `移动“${kept}”` }).focus();
  await page.keyboard.press("ArrowUp");
  await expect(values.getByRole("listitem").last()).toContainText(old);
  await expect(values.getByRole("button", { name: `移动“${kept}”` })).toBeFocused();
  await expectAccessible(page);

  const menu = async (which: string, step: string) => {
    await page.getByRole("button", { name: `${which}：更多操作` }).click();
    await page.getByRole("menuitem", { name: step }).click();
  };
  await menu(old, "删除");
  await page.getByRole("dialog").getByRole("button", { name: "删除" }).click();
  const refusal = dialogOf(page, `“${old}”正在使用，不能删除`);
  await expect(refusal).toContainText("客户 1 条");
  await refusal.getByRole("button", { name: "合并" }).click();
  const merge = dialogOf(page, `合并“${old}”`);
  await expect(merge.getByRole("status")).toContainText("客户 1 条");
  await merge.getByRole("combobox").fill(kept);
  await page.getByRole("option", { name: kept }).click();
  await expectAccessible(page);
  await merge.getByRole("button", { name: "合并" }).click();
  await expect(page.getByText("已合并，改动 1 条记录")).toBeVisible();
  await expect(values.getByRole("listitem").filter({ hasText: old })).toContainText("停用");
  await menu(old, "删除");
  await page.getByRole("dialog").getByRole("button", { name: "删除" }).click();
  await expect(values.getByRole("listitem").filter({ hasText: old })).toHaveCount(0);
});

test("what the program relies on is marked, and readers change nothing", async ({ page }) => {
  await signInAs(page, "系统管理员", "/dictionary?type=service_type");
  await expect(page.getByText("系统保留").first()).toBeVisible();
  await page.getByRole("button", { name: "投诉：更多操作" }).click();
  await expect(page.getByRole("menuitem", { name: /删除/ })).toBeDisabled();
  await signInAs(page, "客户经理", "/dictionary");
  await expect(page.getByText("您可以查看字典，但不能修改。")).toBeVisible();
  await expect(page.getByRole("button", { name: "新建值" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: /更多操作$/ })).toHaveCount(0);
});

test("a setting is refused at its field, saved, and put back to its default", async ({ page }) => {
  await signInAs(page, "系统管理员", "/settings");
  const field = page.getByLabel("流失预警天数");
  await field.fill("5000");
  await page.keyboard.press("Enter");
  await expect(page.getByText("超出允许的范围")).toBeVisible();
  await field.fill("200");
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByText("已保存“流失预警天数”")).toBeVisible();
  await expectAccessible(page);
  await page.reload();
  await expect(field).toHaveValue("200");
  await expect(page.getByText(/修改于/).first()).toBeVisible();
  await page.locator("form", { has: field }).getByRole("button", { name: "恢复默认" }).click();
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByText("已保存“流失预警天数”")).toBeVisible();
  await expect(field).toHaveValue("180");
});

/** The Wednesday after next. */
function wednesday(): string {
  const day = new Date(Date.now() + 14 * 86_400_000);
  day.setUTCDate(day.getUTCDate() + ((10 - day.getUTCDay()) % 7));
  return day.toISOString().slice(0, 10);
}

test("a day off is added, the plan's form tells of it, and it is taken back", async ({ page }) => {
  test.setTimeout(60_000);
  const [mark, day] = [stamp(), wednesday()];
  const [name, todo] = [`厂庆${mark}`, `厂庆回访${mark}`];
  await givenOverdueItem(page, todo);
  await signInAs(page, "系统管理员", "/settings");
  const days = page.getByRole("group", { name: "节假日" });
  await days.getByRole("button", { name: "批量粘贴" }).click();
  await days.getByLabel("每行一天或一段").fill(`${day} ${name}\n没有日期`);
  await days.getByRole("button", { name: "加入列表" }).click();
  await expect(days.getByRole("status").filter({ hasText: "没有读懂，已留在框里：1 行" })).toBeVisible();
  await expect(days.getByLabel("每行一天或一段")).toHaveValue("没有日期");
  await expect(days.getByRole("listitem").filter({ hasText: name })).toContainText(day);
  await expectAccessible(page);
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByText("已保存“节假日”")).toBeVisible();

  await signInAs(page, "客户经理", `/plans?tab=overdue&q=${todo}`);
  await page.locator("li.plan").getByRole("button", { name: "更多操作" }).click();
  await page.getByRole("menuitem", { name: "编辑" }).click();
  const dialog = dialogOf(page, "编辑计划项");
  const date = dialog.getByLabel("计划日期");
  await date.fill(day);
  await date.press("Enter");
  await expect(dialog.getByText(`节假日：${name}`)).toBeVisible();
  await date.click();
  await expect(page.locator(".el-picker-panel td.day-off").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await dialog.getByRole("button", { name: "保存" }).click();
  await expect(dialog).toBeHidden();

  await signInAs(page, "系统管理员", "/settings");
  await days.getByRole("button", { name: `删除 ${day} ${name}` }).click();
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByText("已保存“节假日”")).toBeVisible();
  await expect(days).not.toContainText(name);
});

const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const file = (name: string, content: string | Buffer) => ({
  name,
  mimeType: "image/png",
  buffer: Buffer.from(content),
});

test("the company's logo is refused, set, shown and removed", async ({ page }) => {
  await signInAs(page, "系统管理员", "/settings");
  const logo = page.getByRole("group", { name: "公司标志" });
  await logo.getByLabel("选择图片").setInputFiles(file("drawing.png", "<svg/>"));
  await expect(logo.getByRole("alert")).toContainText("请选择 PNG、JPEG 或 WebP 图片");
  await logo.getByLabel("选择图片").setInputFiles(file("large.png", "x".repeat(65_537)));
  await expect(logo.getByRole("alert")).toContainText("最多 64 KB");
  await logo.getByLabel("选择图片").setInputFiles(file("logo.png", Buffer.from(PIXEL, "base64")));
  await expect(logo.getByRole("img", { name: "当前标志" })).toBeVisible();
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByText("已保存“公司标志”")).toBeVisible();
  await expectAccessible(page);

  const shown = (box: string) => page.locator(`${box} img[src^="/api/v1/settings/logo?v="]`);
  const loaded = (box: string) => shown(box).evaluate((image: HTMLImageElement) => image.decode());
  await loaded("nav .brand");
  await page.context().clearCookies();
  await page.goto("/login");
  await loaded("main");
  await expectAccessible(page);

  await signInAs(page, "系统管理员", "/settings");
  await logo.getByRole("button", { name: "移除" }).click();
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByText("已保存“公司标志”")).toBeVisible();
  await expect(shown("nav .brand")).toHaveCount(0);
  expect((await page.request.get("/api/v1/settings/logo")).status()).toBe(404);
});

test("a used process is replaced by a new revision, and the chance in it stays where it is", async ({ page }) => {
  test.setTimeout(60_000);
  const name = `渠道流程${stamp()}`;
  await signInAs(page, "系统管理员", "/processes");
  await page.getByRole("button", { name: "新建流程" }).click();
  const created = dialogOf(page, "新建流程");
  await created.getByLabel("流程名称").fill(name);
  await created.getByLabel("阶段名称").fill("渠道登记");
  await created.getByLabel("成功几率").fill("120");
  await created.getByRole("button", { name: "保存" }).click();
  await expect(created.getByText("请填 0 至 100")).toBeVisible();
  await created.getByLabel("成功几率").fill("20");
  await expectAccessible(page);
  await created.getByRole("button", { name: "保存" }).click();
  const card = page.getByRole("article", { name }).first();
  await expect(card).toContainText("第 1 版");

  await signInAs(page, "客户经理", "/chances?new=1");
  const drawer = dialogOf(page, "新建销售机会");
  await drawer.getByLabel("机会名称").fill(name);
  await drawer.getByRole("textbox", { name: "客户名称" }).fill(`${name}有限公司`);
  await drawer.getByText("标准销售流程").click();
  await page.getByRole("option", { name }).click();
  await drawer.getByRole("button", { name: "保存" }).click();
  await expect(page).toHaveURL(/\/chances\/\d+$/);
  const chance = page.url();
  await expect(page.getByRole("list", { name: "销售阶段" })).toContainText("渠道登记");

  await signInAs(page, "系统管理员", "/processes");
  await expect(card).toContainText("进行中的机会 1 个");
  await card.getByRole("button", { name: "编辑流程" }).click();
  const edited = dialogOf(page, "编辑流程");
  await expect(edited.getByRole("note")).toContainText("会生成第 2 版");
  await edited.getByRole("button", { name: "添加阶段" }).click();
  await edited.getByLabel("阶段名称").last().fill("渠道签约");
  await edited.getByLabel("成功几率").last().fill("80");
  await edited.getByRole("button", { name: "保存" }).click();
  await expect(page.getByText("已生成第 2 版")).toBeVisible();
  await expect(page.getByRole("heading", { name: "旧版流程" })).toBeVisible();
  await expect(page.getByRole("article", { name })).toHaveCount(2);
  await expectAccessible(page);
  await card.getByRole("button", { name: `${name}：更多操作` }).click();
  await page.getByRole("menuitem", { name: "停用" }).click();
  await expect(card).toContainText("停用");

  await signInAs(page, "客户经理", chance);
  await expect(page.getByRole("list", { name: "销售阶段" })).not.toContainText("渠道签约");
  const { call } = await asRole(page, "客户经理");
  const id = chance.split("/").pop();
  const { version } = await call<{ version: number }>("GET", `/chances/${id}`);
  await call("DELETE", `/chances/${id}`, undefined, version);
});
