// The stock keeper's work, and what others see of it.
import { expect, type Page, test } from "@playwright/test";
import { expectAccessible, signInAs } from "./helpers.ts";

/** Keeps answers of the server back until it is let go. */
async function hold(page: Page, path: string): Promise<() => void> {
  let release: (() => void) | undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(path, async (route) => {
    await released;
    await route.continue();
  });
  return () => release?.();
}

test("a place is made, filled with a reason, and its ledger tells why", async ({ page }) => {
  const dictionary = await hold(page, "**/api/v1/dict");
  await signInAs(page, "系统管理员", "/storage?new=1");
  const bin = `Z-${Date.now() % 10_000_000}`;
  const form = page.getByRole("dialog", { name: "新建货位" });
  await expect(form).toBeVisible();
  dictionary(); // the first warehouse is proposed also when the form was faster
  await form.getByLabel("产品").fill("工业网关");
  await page.getByRole("option", { name: "工业网关" }).click();
  await form.getByLabel("货位").fill(bin);
  const list = await hold(page, "**/api/v1/storage?**");
  await form.getByRole("button", { name: "保存" }).click();
  await expect(form).toBeHidden();

  const change = page.getByRole("dialog", { name: "变更件数" });
  await expect(change).toContainText(bin); // also when the list takes longer than the form to go
  list();
  await change.getByLabel("变更", { exact: false }).first().fill("-1");
  await change.getByRole("button", { name: "保存" }).click();
  await expect(change.getByText("没有这么多件")).toBeVisible();
  await change.getByLabel("变更", { exact: false }).first().fill("+12");
  await change.getByLabel("原因").fill("首次入库");
  await expectAccessible(page);
  await change.getByRole("button", { name: "保存" }).click();
  await expect(change).toBeHidden();

  await page.getByRole("searchbox").fill("工业网关");
  await page.getByRole("grid", { name: "库存" }).getByText(bin).click();
  const ledger = page.getByRole("dialog", { name: "库存流水：工业网关" });
  await expect(ledger).toContainText("+12，结存 12");
  await expect(ledger).toContainText("首次入库");
  await expectAccessible(page);
});

test("everybody else reads @phone", async ({ page, isMobile }) => {
  await signInAs(page, "客户经理", "/storage");
  await expect(page.getByRole(isMobile ? "list" : "grid", { name: "库存" })).toBeVisible();
  await expect(page.getByRole("button", { name: "新建货位" })).toHaveCount(0);
  await expectAccessible(page);
  await page.getByText("工业网关").first().click();
  await expect(page.getByRole("dialog", { name: /库存流水/ })).toBeVisible();
  await expect(page.getByRole("button", { name: "变更件数" })).toHaveCount(0);
});
