// 客户流失: a warning explains itself, is delayed with a measure, confirmed by its manager and revoked by the supervisor.
import { expect, test } from "@playwright/test";
import { expectAccessible, signInAs } from "./helpers.ts";

test("a warning is explained, delayed, confirmed, and taken back by the supervisor", async ({ page }) => {
  const measure = `上门拜访，了解为何停购 ${Date.now().toString(36)}`;
  await signInAs(page, "客户经理");
  await page.goto("/losses?tab=warning");
  const row = page.getByRole("grid").getByRole("link").first();
  const name = (await row.innerText()).trim();
  await expectAccessible(page);
  await row.click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(page.getByText(/天没有下单|从未下单/)).toBeVisible();
  const address = new URL(page.url()).pathname;

  await page.getByRole("button", { name: "暂缓流失" }).click();
  const delay = page.getByRole("dialog");
  await delay.getByRole("button", { name: "暂缓流失" }).click();
  await expect(delay.getByText("必填")).toBeVisible();
  await delay.getByLabel("暂缓措施").fill(measure);
  await expectAccessible(page);
  await delay.getByRole("button", { name: "暂缓流失" }).click();
  await expect(page.getByText(measure)).toBeVisible();

  await page.getByRole("button", { name: "确定流失" }).click();
  const confirm = page.getByRole("dialog");
  await confirm.locator(".el-select").click();
  await page.getByRole("option", { name: "价格过高" }).click();
  await confirm.getByRole("button", { name: "确定流失" }).click();
  await expect(page.getByText("已确定流失；撤销需要销售主管。")).toBeVisible();

  await signInAs(page, "销售主管");
  await page.goto(address);
  await page.getByRole("button", { name: "撤销流失" }).click();
  await page.getByRole("dialog").getByLabel("原因").fill("客户只是推迟采购");
  await page.getByRole("dialog").getByRole("button", { name: "撤销流失" }).click();
  await expect(page.getByText("流失预警").first()).toBeVisible();
  await expect(page.getByText("由客户经理处理。")).toBeVisible();
});

test("a supervisor sees the team by manager, an executive changes nothing @phone", async ({ page }) => {
  await signInAs(page, "销售主管");
  await page.goto("/losses");
  await page.getByText("按客户经理查看").click();
  await expect(page.getByRole("region", { name: "按客户经理查看" }).getByRole("row").nth(1)).toBeVisible();
  await expectAccessible(page);
  await signInAs(page, "高管");
  await page.goto("/losses");
  await page
    .getByRole("link", { name: /有限公司|集团|中心/ })
    .first()
    .click();
  await expect(page.getByRole("heading", { name: "为什么预警" })).toBeVisible();
  await expect(page.getByRole("button", { name: /暂缓流失|确定流失|撤销流失/ })).toHaveCount(0);
});
