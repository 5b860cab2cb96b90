// An administrator's work: departments, people, log-in links, and the refusals that protect the installation.
import { expect, test } from "@playwright/test";
import { expectAccessible, signInAs } from "./helpers.ts";

const stamp = () => `${Date.now()}`.slice(-7);

test("a department is created, refused while it is not empty, and deleted", async ({ page }) => {
  await signInAs(page, "系统管理员", "/organisation");
  const tree = page.getByRole("region", { name: "部门" });
  const name = `测试部${stamp()}`;
  await tree.getByRole("button", { name: "新建部门" }).click();
  await page.getByLabel("部门名称").fill(name);
  await page.getByRole("button", { name: "保存" }).click();
  const more = tree.getByRole("button", { name: `${name}：更多操作` });
  await expect(more).toBeVisible();

  await more.click();
  await page.getByRole("menuitem", { name: "新建下级部门" }).click();
  await page.getByLabel("部门名称").fill(`${name}一组`);
  await page.getByRole("button", { name: "保存" }).click();
  await expect(tree.getByRole("button", { name: `${name}一组：更多操作` })).toBeVisible();
  await expectAccessible(page);

  const remove = async (which: string) => {
    await tree.getByRole("button", { name: `${which}：更多操作` }).click();
    await page.getByRole("menuitem", { name: "删除部门" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "删除部门" }).click();
  };
  await remove(name);
  await expect(tree.getByRole("alert")).toContainText("请先移走");
  await remove(`${name}一组`);
  await expect(tree.getByRole("button", { name: `${name}一组：更多操作` })).toBeHidden();
  await remove(name);
  await expect(more).toBeHidden();
});

test("a person is created with a one-time link, and a taken login name is refused at its field", async ({ page }) => {
  await signInAs(page, "系统管理员", "/organisation");
  const login = `new${stamp()}`;
  const fill = async () => {
    await page.getByRole("button", { name: "新建用户" }).click();
    const form = page.getByRole("dialog", { name: "新建用户" });
    await expect(async () => {
      await form.getByLabel("姓名").fill("何新人");
      await form.getByLabel("登录名").fill(login);
      await expect(form.getByLabel("登录名")).toHaveValue(login, { timeout: 500 });
      await expect(form.getByLabel("姓名")).toHaveValue("何新人", { timeout: 500 });
      const role = form.getByRole("checkbox", { name: "客户经理" });
      if (!(await role.isChecked())) await form.getByText("客户经理", { exact: true }).click();
      await expect(role).toBeChecked({ timeout: 500 });
    }).toPass(); // the drawer takes the focus, and a click, while it opens
    await form.getByRole("button", { name: "保存" }).click();
    return form;
  };
  await fill();
  const dialog = page.getByRole("dialog", { name: "何新人的一次性登录链接" });
  await expect(dialog.getByLabel("登录链接")).toHaveValue(/\/link#token=/);
  await expect(dialog).toContainText("有效期至");
  await dialog.getByRole("button", { name: "复制链接" }).click();
  await expect(dialog.getByRole("button", { name: "已复制" })).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "关闭", exact: true }).last().click();

  const form = await fill();
  await expect(form.getByText("这个登录名已被使用")).toBeVisible();
});

test("the last administrator cannot be disabled", async ({ page }) => {
  await signInAs(page, "系统管理员", "/organisation?role=admin&flag=active");
  const people = page.getByRole("grid", { name: "用户" });
  await expect(people.getByRole("row")).toHaveCount(2);
  await people.getByRole("row").nth(1).click({ button: "right" });
  await page.getByRole("menuitem", { name: "停用" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "停用" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "最后一位系统管理员" })).toBeVisible();
});

test("roles are read with their rights in words", async ({ page }) => {
  await signInAs(page, "系统管理员", "/organisation?section=roles");
  await expect(page.getByRole("heading", { name: "销售主管" })).toBeVisible();
  await expect(page.getByText("本部门及下级")).toBeVisible();
  await expectAccessible(page);
});

test("people without the right do not get in", async ({ page }) => {
  await signInAs(page, "客户经理", "/organisation");
  await expect(page.getByText("没有访问权限")).toBeVisible();
});
