// 系统设置 as a file: what one installation exports another takes over, once it was seen what changes.
import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { expectAccessible, signInAs } from "./helpers.ts";

interface File {
  format: string;
  settings: Record<string, unknown>;
}
const asFile = (content: unknown) => ({
  name: "settings.json",
  mimeType: "application/json",
  buffer: Buffer.from(typeof content === "string" ? content : JSON.stringify(content)),
});

test("settings are exported, looked through and imported", async ({ page }) => {
  await signInAs(page, "系统管理员", "/settings");
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "导出" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^kith-settings-\d{4}-\d\d-\d\d\.json$/);
  const file = JSON.parse(await readFile(await download.path(), "utf8")) as File;
  expect(file.settings).not.toHaveProperty("company.logo");
  const before = file.settings["lost.days_by_level"] as Record<string, number>;
  const days = (before["strategic"] ?? 65) + 1;

  await page.getByRole("button", { name: "导入" }).click();
  const dialog = page.getByRole("dialog", { name: "导入设置" });
  const choose = dialog.getByLabel("选择文件");
  await choose.setInputFiles(asFile("no file of settings"));
  await expect(dialog.getByRole("alert")).toContainText("这不是从系统设置导出的文件");
  await choose.setInputFiles(asFile(file));
  await expect(dialog.getByRole("status")).toContainText("没有要改的");
  const wrong = { ...file, settings: { ...file.settings, "session.days": 0, "company.moon": 1 } };
  await choose.setInputFiles(asFile(wrong));
  await expect(dialog.getByRole("row", { name: /登录保持天数/ })).toContainText("超出允许的范围");
  await expect(dialog.getByRole("row", { name: /company.moon/ })).toContainText("没有这项设置");
  await expectAccessible(page);

  const other = { ...file, settings: { ...file.settings, "lost.days_by_level": { strategic: days } } };
  await choose.setInputFiles(asFile(other));
  await expect(dialog.getByRole("row", { name: /按客户等级/ })).toContainText(`战略合作伙伴 ${days} 天`);
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "导入" }).click();
  await expect(page.getByText("已改动 1 项设置")).toBeVisible();
  await expect(page.getByLabel("战略合作伙伴")).toHaveValue(String(days));
  await expect(dialog).toBeHidden();

  // As it was: the demo company is shared by all tests.
  await page.getByRole("button", { name: "导入" }).click();
  await choose.setInputFiles(asFile({ ...file, settings: { "lost.days_by_level": before } }));
  await dialog.getByRole("button", { name: "导入" }).click();
  await expect(page.getByLabel("战略合作伙伴")).toHaveValue(String(before["strategic"] ?? ""));
});

test("days by level are set one by one", async ({ page }) => {
  await signInAs(page, "系统管理员", "/settings");
  const levels = page.getByRole("group", { name: "按客户等级的预警天数" });
  await levels.getByLabel("大客户").fill("三十");
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByText("格式不正确")).toBeVisible();
  await levels.getByLabel("大客户").fill("365");
  await expectAccessible(page);
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByText("已保存“按客户等级的预警天数”")).toBeVisible();
  await levels.getByLabel("大客户").fill("");
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByText("已保存“按客户等级的预警天数”")).toBeVisible();
});
