// Customers of somebody else's: found by their manager, given to another one, with the work that is ticked.
import { expect, test } from "@playwright/test";
import { asRole, expectAccessible, givenCustomer, openPicker, signInAs } from "./helpers.ts";

const unique = () => `移交${Date.now().toString(36)}`;

test("customers are transferred from the list, with what is ticked", async ({ page }) => {
  const name = unique();
  const [one, two] = [await givenCustomer(page, `${name}甲有限公司`), await givenCustomer(page, `${name}乙有限公司`)];
  const manager = await asRole(page, "客户经理");
  const supervisor = await asRole(page, "销售主管");
  const made = await manager.call<{ id: number; version: number }>("POST", "/chances", {
    title: `${name}的机会`,
    customer_id: one.id,
  });
  await supervisor.call("POST", `/chances/${made.id}/assign`, { assignee_id: manager.id });

  await signInAs(page, "销售主管", `/customers?q=${encodeURIComponent(name)}`);
  await page.getByLabel("选择全部").check();
  await page.getByRole("toolbar").getByRole("button", { name: "移交客户" }).click();
  const dialog = page.getByRole("dialog", { name: "移交 2 个客户" });
  await expect(dialog.getByRole("checkbox", { name: `${name}的机会` })).toBeChecked();
  await expectAccessible(page);
  await dialog.getByRole("combobox").click();
  await page.getByRole("option").last().click();
  await dialog.getByRole("textbox").fill("分工调整");
  await dialog.getByRole("button", { name: "移交客户" }).click();
  await expect(page.getByText("已完成 2 个，共 2 个")).toBeVisible();
  await page.goto(`/customers/${two.id}?tab=history`);
  await expect(page.getByText("移交", { exact: true })).toBeVisible();
  await expect(page.getByText("分工调整")).toBeVisible();
});

test("customers are ticked and transferred on a phone too @phone-only", async ({ page }) => {
  const name = unique();
  await givenCustomer(page, `${name}甲有限公司`);
  await givenCustomer(page, `${name}乙有限公司`);
  await signInAs(page, "销售主管", `/customers?q=${encodeURIComponent(name)}`);
  const boxes = page.getByLabel("选择此行");
  await expect(boxes).toHaveCount(2);
  await boxes.first().click();
  await boxes.last().click();
  await page.getByRole("toolbar").getByRole("button", { name: "移交客户" }).click();
  await expect(page.getByRole("dialog", { name: "移交 2 个客户" })).toBeVisible();
});

test("one customer's transfer is told as one", async ({ page }) => {
  const customer = await givenCustomer(page, unique());
  await signInAs(page, "销售主管", `/customers/${customer.id}`);
  await page.getByRole("main").getByRole("button", { name: "移交客户" }).click();
  const dialog = page.getByRole("dialog", { name: "移交客户" });
  await openPicker(dialog.getByRole("combobox").first());
  await page.getByRole("option", { name: "李娜" }).click();
  await dialog.getByRole("textbox", { name: "移交原因" }).fill("试用");
  await dialog.getByRole("button", { name: "移交客户" }).click();
  await expect(page.getByText("客户已移交")).toBeVisible();
});
