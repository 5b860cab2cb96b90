// What an administrator requires of customers, and hides.
import { expect, test } from "@playwright/test";
import { asRole, expectAccessible, givenCustomer, openPicker, signInAs } from "./helpers.ts";

interface Setting {
  version: number;
}

test.afterEach(async ({ page }) => {
  const { call } = await asRole(page, "系统管理员");
  for (const name of ["required", "hidden"]) {
    const { version } = await call<Setting>("GET", `/settings/customers.${name}`);
    await call("PUT", `/settings/customers.${name}`, { value: [] }, version);
  }
});

test("a required fact is asked for, a hidden one is nowhere", async ({ page }) => {
  const customer = await givenCustomer(page, `字段第${Date.now()}号有限公司`, { fax: "0591-8888" });
  await signInAs(page, "系统管理员", "/settings");
  const rules = page.getByRole("region", { name: "客户字段" });
  const choose = (field: string, rule: string) =>
    rules.getByRole("group", { name: field, exact: true }).getByText(rule, { exact: true }).click();
  await choose("客户等级", "必填");
  await choose("传真", "隐藏");
  await choose("公司规模", "隐藏");
  await expect(rules.getByText("必填 1 项，隐藏 2 项")).toBeVisible();
  await expectAccessible(page);
  await rules.getByRole("button", { name: "保存" }).click();
  await expect(page.getByText("客户字段已保存")).toBeVisible();
  await choose("传真", "必填");
  await choose("客户等级", "隐藏");
  await rules.getByRole("button", { name: "保存" }).click();
  await expect(rules.getByRole("button", { name: "保存" })).toHaveCount(0);
  await choose("传真", "隐藏");
  await choose("客户等级", "必填");
  await rules.getByRole("button", { name: "保存" }).click();
  await expect(rules.getByRole("button", { name: "保存" })).toHaveCount(0);

  await signInAs(page, "客户经理", "/customers?new=1");
  const form = page.getByRole("dialog", { name: "新建客户" });
  await expect(form.getByLabel("传真")).toHaveCount(0);
  await expect(form.getByLabel("公司规模")).toHaveCount(0);
  await form.getByLabel("客户名称").fill(`必填第${Date.now()}号有限公司`);
  await form.getByRole("button", { name: "保存" }).click();
  await expect(form.getByLabel("客户等级")).toHaveAttribute("aria-invalid", "true");
  await expectAccessible(page);
  await openPicker(form.getByLabel("客户等级"));
  await page.getByRole("option").first().click();
  await form.getByRole("button", { name: "保存" }).click();
  await expect(page).toHaveURL(/\/customers\/\d+$/);

  await page.goto(`/customers/${customer.id}`);
  await expect(page.getByText("联系", { exact: true })).toBeVisible();
  await expect(page.getByText("0591-8888")).toHaveCount(0);
});
