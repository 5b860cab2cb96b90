import { expect, test } from "@playwright/test";
import { expectAccessible, signInByClick } from "./helpers.ts";

test("a person of the demo company is in with one click, and stays in after a reload @phone", async ({ page }) => {
  await signInByClick(page, "客户经理");
  await page.reload();
  await expect(page.getByRole("navigation", { name: "主菜单" })).toBeVisible();
  await expectAccessible(page);
});

test("the log-in page is accessible and says when the password is wrong @phone", async ({ page }) => {
  await page.goto("/login");
  await page.getByLabel("用户名").fill("nobody");
  await page.getByLabel("密码", { exact: true }).fill("not-the-password");
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expectAccessible(page);
});

test("a link into the app leads back to itself after signing in", async ({ page }) => {
  await page.goto("/profile");
  await expect(page).toHaveURL(/\/login\?next=/);
});
