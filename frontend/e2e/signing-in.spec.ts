import { expect, test } from "@playwright/test";
import { asRole, expectAccessible, signInByClick } from "./helpers.ts";

test("a person of the demo company is in with one click, and stays in after a reload", async ({ page }) => {
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

test("Ctrl+Enter signs in, and an English person's link speaks English in a Chinese company", async ({ page }) => {
  await page.goto("/login");
  await page.getByLabel("用户名").fill("nobody");
  await page.getByLabel("密码", { exact: true }).fill("not-the-password");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("alert")).toBeVisible();
  const { call } = await asRole(page, "系统管理员");
  const user_name = `english${Date.now()}`;
  const people = [{ name: "Ann", user_name, roles: ["manager"], language: "en-US" }];
  const invited = await call<{ people: { link: { path: string } }[] }>("POST", "/users/invite", { people });
  await page.goto(invited.people[0]?.link.path ?? "");
  await expect(page.getByRole("heading", { name: "Set your password" })).toBeVisible();
});

test("a link into the app leads back to itself after signing in", async ({ page }) => {
  await page.goto("/profile");
  await expect(page).toHaveURL(/\/login\?next=/);
});

test("who logs out in one tab has left in every tab, and an unsaved form holds nobody", async ({ page, context }) => {
  await signInByClick(page, "客户经理");
  await page.goto("/customers?new=1");
  await page.getByRole("dialog").getByLabel("客户名称").fill("未保存的客户");
  const other = await context.newPage();
  await other.goto("/customers");
  await other.locator(".me").click();
  await other.getByRole("menuitem", { name: "退出登录" }).click();
  await expect(other).toHaveURL(/\/login$/);
  await expect(page).toHaveURL(/\/login$/);
  await expect(page.getByRole("navigation", { name: "主菜单" })).toHaveCount(0);
});

test("who becomes somebody else in one tab leaves nothing of the one before in another", async ({ page, context }) => {
  await signInByClick(page, "客户经理");
  const other = await context.newPage();
  await signInByClick(other, "高管");
  const name = await other.locator(".me > span").last().innerText();
  await expect(page.locator(".me > span").last()).toHaveText(name);
});

test("a link that lets nobody in says so as it is opened, and how to get another", async ({ page }) => {
  for (const [path, words] of [
    ["/link#token=made-up-made-up", "请联系管理员"],
    ["/link#token=cut", "请联系管理员"],
    ["/setup#token=made-up-made-up", "系统管理员已经创建"],
  ] as const) {
    await page.goto(path);
    await expect(page.getByRole("alert")).toContainText("系统中没有这个链接");
    await expect(page.getByRole("main")).toContainText(words);
    await expect(page.getByLabel("新密码")).toHaveCount(0);
    await expectAccessible(page);
    await page.goto("about:blank");
  }
});
