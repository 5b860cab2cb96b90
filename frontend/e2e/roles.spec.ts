// An administrator edits what roles may do; who holds them sees more or less a moment later.
import { expect, type Page, test } from "@playwright/test";
import { asRole, choose, expectAccessible, fits, givenCustomer, signInAs } from "./helpers.ts";

const stamp = () => `${Date.now().toString(36)}${Math.round(Math.random() * 1000)}`;

interface Role {
  id: number;
  version: number;
  code: string;
  rights: string[];
}
interface Person {
  id: number;
  version: number;
  roles: string[];
}

async function give(page: Page, id: number, roles: string[]): Promise<void> {
  const admin = await asRole(page, "系统管理员");
  const person = await admin.call<Person>("GET", `/users/${id}`);
  await admin.call("PATCH", `/users/${id}`, { roles }, person.version);
}

/** Signs in as a person whose role is none of the four that `signInAs` knows. */
async function become(page: Page, id: number, at: string): Promise<void> {
  const answer = await page.request.post("/api/v1/auth/demo", { data: { user_id: id } });
  expect(answer.ok()).toBe(true);
  await page.addInitScript(() => localStorage.setItem("kith.signed-in", "1"));
  await page.goto(at);
  await expect(page.getByRole("navigation", { name: "主菜单" })).toBeVisible();
}

test("a copied role without the financial facts hides them from who holds it, and gives them back", async ({
  page,
}) => {
  test.setTimeout(60_000);
  const customer = await givenCustomer(page, `权限第${stamp()}号有限公司`, { bank: "招商银行福州分行" });
  const manager = (await asRole(page, "客户经理")).id;
  const code = `copy_${stamp()}`;
  await signInAs(page, "系统管理员", "/organisation?section=roles");
  await page.getByRole("link", { name: "客户经理", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: "客户经理" })).toBeVisible();

  await page.getByRole("button", { name: "复制角色" }).click();
  const drawer = page.getByRole("dialog", { name: "复制“客户经理”" });
  await expect(drawer.getByLabel("角色名称")).toHaveValue("客户经理（副本）");
  await drawer.getByLabel("角色名称").fill(`客户经理 ${code}`);
  await drawer.getByLabel("角色代码").fill(code);
  await expectAccessible(page);
  await drawer.getByRole("button", { name: "保存" }).click();
  await expect(page.getByRole("heading", { level: 1, name: `客户经理 ${code}` })).toBeVisible();

  const rights = page.getByRole("region", { name: "权限" });
  await rights.getByRole("searchbox", { name: "搜索权限" }).fill("财务");
  const finance = rights.getByRole("checkbox", { name: /财务信息/ });
  await expect(rights.getByRole("checkbox")).toHaveCount(2);
  await finance.uncheck();
  await expect(rights.getByText("去掉 1 项")).toBeVisible();
  await rights.getByRole("button", { name: "保存权限" }).click();
  await expect(page.getByText("权限已保存，5 秒内生效")).toBeVisible();
  await expect(page.getByText("去掉：客户 · 财务信息")).toBeVisible();
  await expectAccessible(page);

  await give(page, manager, [code]);
  try {
    await become(page, manager, `/customers/${customer.id}`);
    await expect(page.getByRole("heading", { level: 1, name: customer.name })).toBeVisible();
    await expect(page.getByText("招商银行福州分行")).toHaveCount(0);

    const admin = await asRole(page, "系统管理员");
    const role = (await admin.call<Role[]>("GET", "/roles")).find((one) => one.code === code) as Role;
    const again = { rights: [...role.rights, "customers:finance"] };
    await admin.call("PUT", `/roles/${role.id}/rights`, again, role.version);
    await become(page, manager, `/customers/${customer.id}`);
    await expect(page.getByText("招商银行福州分行").first()).toBeVisible();
  } finally {
    await give(page, manager, ["manager"]);
  }

  await signInAs(page, "系统管理员", "/roles");
  await page.getByRole("link", { name: `客户经理 ${code}` }).click();
  await page.getByRole("button", { name: "删除角色" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "删除角色" }).click();
  await expect(page).toHaveURL(/\/roles$/);
  await expect(page.getByRole("link", { name: `客户经理 ${code}` })).toHaveCount(0);
});

test("modules are ticked as a whole and by keys, unsaved ticks are not lost, differences are shown", async ({
  page,
}) => {
  const code = `keys_${stamp()}`;
  const admin = await asRole(page, "系统管理员");
  const body = { code, name: `键盘 ${code}`, data_scope: "own", rights: ["customers:read", "chances:read"] };
  const role = await admin.call<Role>("POST", "/roles", body);
  await signInAs(page, "系统管理员", `/roles/${role.id}`);
  const rights = page.getByRole("region", { name: "权限" });
  const plans = rights.getByRole("group", { name: "客户开发计划" });
  const whole = plans.getByRole("checkbox", { name: "客户开发计划：全选" });
  await whole.focus();
  await page.keyboard.press("Space");
  await expect(plans.getByRole("checkbox", { name: "查看" })).toBeChecked();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Space");
  await expect(plans.getByRole("checkbox", { name: "查看" })).not.toBeChecked();
  await expect(whole).toHaveJSProperty("indeterminate", true);
  await expect(plans.getByText("没有“查看”，看不到这些记录")).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expect(rights.getByRole("checkbox", { name: "竞争对手：全选" })).toBeFocused();
  await expect(rights.getByText("增加 2 项")).toBeVisible();
  // At the end nothing lies below the bar that says what is not saved.
  await rights.getByRole("group").last().getByRole("checkbox").last().focus();
  await page.evaluate(() => document.activeElement?.scrollIntoView({ block: "center" }));
  await expectAccessible(page);

  await page.getByRole("link", { name: "角色", exact: true }).first().click();
  const leave = page.getByRole("dialog", { name: "放弃未保存的修改？" });
  await leave.getByRole("button", { name: "继续编辑" }).click();
  await expect(rights.getByText("增加 2 项")).toBeVisible();
  await rights.getByRole("button", { name: "放弃修改" }).click();
  await expect(rights.getByText("增加 2 项")).toBeHidden();

  await choose(rights, "对比", "高管");
  await expect(rights.getByText("这个角色没有").first()).toBeVisible();
  await expect(rights.getByRole("group", { name: "销售机会" })).toHaveCount(0);
  await rights.getByRole("checkbox", { name: "只看不同" }).uncheck();
  await expect(rights.getByRole("group", { name: "销售机会" })).toBeVisible();

  // Somebody else saves in between: nothing is overwritten without asking.
  await rights.getByRole("checkbox", { name: "客户：全选" }).check();
  await admin.call("PUT", `/roles/${role.id}/rights`, { rights: ["people:read"] }, role.version);
  await rights.getByRole("button", { name: "保存权限" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "重新加载" }).click();
  await expect(rights.getByText("1 项权限", { exact: true })).toBeVisible();
  const now = await admin.call<Role>("GET", `/roles/${role.id}`);
  expect(now.rights).toEqual(["people:read"]);
  await admin.call("DELETE", `/roles/${role.id}`, undefined, now.version);
});

test("who takes their own key away is warned, and the last administrator stays", async ({ page }) => {
  await signInAs(page, "系统管理员", "/roles");
  await page.getByRole("link", { name: "系统管理员", exact: true }).click();
  await expect(page.getByRole("button", { name: "删除角色" })).toBeDisabled();
  const rights = page.getByRole("region", { name: "权限" });
  await rights.getByRole("group", { name: "角色权限" }).getByRole("checkbox", { name: /维护/ }).uncheck();
  await rights.getByRole("button", { name: "保存权限" }).click();
  const warning = page.getByRole("dialog", { name: "保存后您自己将失去权限" });
  await expect(warning).toContainText("角色权限 · 维护");
  await expectAccessible(page);
  await warning.getByRole("button", { name: "仍然保存" }).click();
  await expect(rights.getByRole("alert")).toContainText("至少要有一位启用的用户");
  await rights.getByRole("button", { name: "放弃修改" }).click();
  await page.getByRole("button", { name: "停用" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "停用" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "至少要有一位启用的用户" })).toBeVisible();
});

test("who may only read roles changes nothing", async ({ page }) => {
  const manager = (await asRole(page, "客户经理")).id;
  const admin = await asRole(page, "系统管理员");
  const code = `reader_${stamp()}`;
  const rights = ["rbac:read", "settings:public", "people:read"];
  const role = await admin.call<Role>("POST", "/roles", { code, name: `只读 ${code}`, rights });
  await give(page, manager, [code]);
  try {
    await become(page, manager, "/roles");
    await expect(page.getByText("您可以查看角色，不能修改。")).toBeVisible();
    await expect(page.getByRole("button", { name: "新建角色" })).toHaveCount(0);
    await page.getByRole("link", { name: "高管", exact: true }).click();
    await expect(page.getByRole("note")).toContainText("不能修改");
    await expect(page.getByRole("checkbox", { name: "客户：全选" })).toBeDisabled();
    await expect(page.getByRole("button", { name: /编辑角色|复制角色|停用|删除角色/ })).toHaveCount(0);
    await expectAccessible(page);
  } finally {
    await give(page, manager, ["manager"]);
    await admin.call("DELETE", `/roles/${role.id}`, undefined, role.version);
  }
});

test("a person's rights are explained by their roles", async ({ page }) => {
  await signInAs(page, "系统管理员", "/organisation?role=supervisor");
  await page.getByRole("grid", { name: "用户" }).getByRole("row").nth(1).click({ button: "right" });
  await page.getByRole("menuitem", { name: "编辑用户" }).click();
  const drawer = page.getByRole("dialog", { name: "编辑用户" });
  await drawer.getByText("有效权限").click();
  await expect(drawer.getByText("来自销售主管").first()).toBeVisible();
  await expectAccessible(page);
});

test("a role is read on a phone, in English @phone-only", async ({ page }) => {
  await signInAs(page, "系统管理员", "/roles", "en-US");
  await page.getByRole("link", { name: "Account manager", exact: true }).click();
  const rights = page.getByRole("region", { name: "Rights" });
  await expect(rights.getByRole("checkbox", { name: /Financial facts/ })).toBeChecked();
  await expectAccessible(page);
  expect(await fits(page)).toBe(true);
});
