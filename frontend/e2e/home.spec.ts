// 工作台: each role finds its own day.
import { expect, test } from "@playwright/test";
import { expectAccessible, signInAs } from "./helpers.ts";

test("a salesperson sees what is due, the pipeline and their chances @phone", async ({ page }) => {
  await signInAs(page, "客户经理");
  await expect(page.getByRole("heading", { name: "今天要做的" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "销售漏斗" })).toBeVisible();
  await expect(page.getByRole("row", { name: /需求确认/ })).toBeVisible();
  await expect(page.getByRole("heading", { name: "我负责的机会" })).toBeVisible();
  await expect(page.getByRole("heading", { name: "团队" })).toHaveCount(0);
  await expectAccessible(page);
});

test("a supervisor also sees the team and what waits for an assignee", async ({ page }) => {
  await signInAs(page, "销售主管");
  await expect(page.getByRole("heading", { name: "待指派" })).toBeVisible();
  await page.getByText("按部门").click();
  await expect(page.getByRole("columnheader", { name: "部门" })).toBeVisible();
  await expectAccessible(page);
});

test("an executive decides by figures and has nothing to do here", async ({ page }) => {
  await signInAs(page, "高管");
  await expect(page.getByRole("heading", { name: "团队" })).toBeVisible();
  const year = page.locator("section", { has: page.getByRole("heading", { name: "今年经营" }) }).getByRole("link");
  await expect(year).toHaveText(Array.from({ length: 6 }, () => /\d/));
  await expect(page.getByRole("heading", { name: "今天要做的" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: /记跟进/ })).toHaveCount(0);
  await expectAccessible(page);
});

test("an administrator begins with what is left to do, puts the list away and brings it back", async ({ page }) => {
  await signInAs(page, "系统管理员");
  const first = page.getByRole("region", { name: "开始使用" });
  await expect(first.getByRole("link", { name: "填写公司名称" })).toHaveAttribute("href", "/settings");
  await expect(first.getByRole("listitem").filter({ hasText: "邀请同事" })).toContainText("已完成");
  await expectAccessible(page);
  await first.getByRole("button", { name: "收起这份清单" }).click();
  await expect(first).toHaveCount(0);
  await page.goto("/profile");
  await page.getByText("显示在工作台").click();
  await page.goto("/");
  await expect(first).toBeVisible();
});

test("an administrator sees people, jobs and version, not an empty pipeline", async ({ page }) => {
  await signInAs(page, "系统管理员");
  await expect(page.getByRole("heading", { name: "运行状态" })).toBeVisible();
  await expect(page.getByText(/PostgreSQL \d+/)).toBeVisible();
  await expect(page.getByRole("heading", { name: "销售漏斗" })).toHaveCount(0);
  await expectAccessible(page);
});

test("the page speaks English when asked, and the palette finds a chance", async ({ page }) => {
  await signInAs(page, "客户经理");
  await page.getByRole("button", { name: "语言" }).click();
  await page.getByRole("menu").getByText("English").click();
  await expect(page.getByRole("heading", { name: "Pipeline" })).toBeVisible();
  await page.goto("/chances");
  const title = (await page.getByRole("grid").getByRole("link").first().innerText()).trim();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill(title);
  await page.getByRole("option", { name: title }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
});
