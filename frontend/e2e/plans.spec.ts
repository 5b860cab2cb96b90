// 客户开发计划: what is due, done where it stands.
import { expect, test } from "@playwright/test";
import { expectAccessible, givenOverdueItem, signInAs } from "./helpers.ts";

test("an overdue item is executed in place and leaves the list", async ({ page }) => {
  const todo = `回访 ${Date.now().toString(36)}${Math.round(Math.random() * 1000)}`;
  await givenOverdueItem(page, todo);
  await signInAs(page, "客户经理", `/plans?tab=overdue&q=${encodeURIComponent(todo)}`);
  const items = page.locator("li.plan");
  await expect(items).toHaveCount(1);
  await expectAccessible(page);
  const item = items.first();
  await item.getByRole("button", { name: /^执行：/ }).click();
  await item.getByRole("button", { name: "执行", exact: true }).click();
  await expect(item.getByRole("alert")).toContainText("必填");
  await item.getByRole("textbox", { name: "执行效果" }).fill(`${todo}：客户确认预算`);
  await expectAccessible(page);
  await item.getByRole("button", { name: "执行", exact: true }).click();
  await expect(page.getByText("已执行").first()).toBeVisible();
  await expect(items).toHaveCount(0);
  await page.goto(`/plans?tab=done&q=${encodeURIComponent(todo)}`);
  await expect(page.getByText(`${todo}：客户确认预算`)).toBeVisible();
});

test("buckets are counted and a supervisor looks at one person", async ({ page }) => {
  await signInAs(page, "销售主管", "/plans");
  await expect(page.getByRole("button", { name: /^逾期\s*\d+/ })).toBeVisible();
  await page.getByRole("button", { name: "筛选" }).click();
  await page.getByRole("menuitem", { name: "负责人" }).click();
  const person = page.getByRole("option").nth(1);
  const name = (await person.locator("span").first().innerText()).trim();
  await person.click();
  await expect(page).toHaveURL(/assignee_id=\d+/);
  await page.keyboard.press("Escape");
  await expect(page.locator(".chip")).toContainText(name);
});

test("items are added, changed and deleted with a way back", async ({ page }) => {
  await signInAs(page, "客户经理", "/chances");
  await page.getByRole("grid").getByRole("link").first().click();
  await page.getByRole("button", { name: "添加计划项" }).click();
  const dialog = page.getByRole("dialog", { name: "添加计划项" });
  const todo = `上门演示 ${Date.now()}`;
  await dialog.getByLabel("计划内容").fill(todo);
  await dialog.getByRole("button", { name: "保存" }).click();
  const item = page.locator("li.plan", { hasText: todo });
  await expect(item).toBeVisible();
  await item.getByRole("button", { name: "更多操作" }).click();
  await page.getByRole("menuitem", { name: "删除" }).click();
  await expect(item).toHaveCount(0);
  await page.getByRole("button", { name: "撤销" }).click();
  await expect(item).toBeVisible();
});
