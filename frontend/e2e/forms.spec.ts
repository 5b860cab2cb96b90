// Habits of every form: the chord saves from a select, messages go when their field is mended, days are picked in the reader's language.
import { expect, test } from "@playwright/test";
import { givenCustomer, signInAs } from "./helpers.ts";

test("Ctrl+Enter saves from a select, and a message goes as its field is mended", async ({ page }) => {
  await signInAs(page, "客户经理", "/chances?new=1");
  const form = page.getByRole("dialog", { name: "新建销售机会" });
  const source = form.getByRole("combobox", { name: "机会来源" });
  await source.focus();
  await source.press("Control+Enter");
  const missing = form.locator(".form-field", { hasText: "机会名称" }).locator(".error");
  await expect(missing).toBeVisible();
  await form.getByLabel("机会名称").fill(`快捷键${Date.now() % 1_000_000}`);
  await expect(missing).toBeHidden();
  await form.getByRole("textbox", { name: "客户名称" }).fill("快捷键公司");
  await source.focus();
  await source.press("Control+Enter");
  await expect(page).toHaveURL(/\/chances\/\d+$/);
});

test("leaving asks by what each answer does", async ({ page }) => {
  await signInAs(page, "客户经理", "/chances?new=1");
  const form = page.getByRole("dialog", { name: "新建销售机会" });
  await form.getByLabel("机会名称").fill("未保存");
  await form.getByRole("button", { name: "取消" }).click();
  const asked = page.getByRole("dialog", { name: "放弃未保存的修改？" });
  await asked.getByRole("button", { name: "继续编辑" }).click();
  await expect(form.getByLabel("机会名称")).toHaveValue("未保存");
});

test("a choice and a day are edited in place by the kit", async ({ page }) => {
  const customer = await givenCustomer(page, `就地编辑${Date.now() % 1_000_000}有限公司`);
  await signInAs(page, "客户经理", `/customers/${customer.id}`);
  await page.getByRole("button", { name: /编辑客户等级/ }).click();
  await page.getByRole("option", { name: "大客户" }).click();
  await expect(page.getByRole("button", { name: /编辑客户等级/ })).toContainText("大客户");
  await page.goto("/orders");
  await page.getByRole("button", { name: "筛选" }).click();
  await page.getByRole("menuitem", { name: "订单日期" }).click();
  await page.locator(".range .el-date-editor input").first().click();
  await expect(page.locator(".el-date-picker__header-label").first()).toContainText("年");
});
