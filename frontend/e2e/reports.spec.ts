// 统计报表: an executive reads every analysis and follows a number to its records; a supervisor sets goals.
import { expect, test } from "@playwright/test";
import { expectAccessible, signInAs } from "./helpers.ts";

const REPORTS = [
  ["contribution", "客户贡献分析"],
  ["composition", "客户构成分析"],
  ["service", "客户服务分析"],
  ["loss", "客户流失分析"],
  ["pipeline", "销售漏斗"],
  ["win-rate", "赢单率"],
  ["time-to-close", "成交周期"],
  ["reasons", "成败原因"],
  ["goals", "目标完成"],
  ["activity", "团队活动"],
] as const;

test("an executive reads every analysis; each says its period, moment and definition @phone", async ({ page }) => {
  test.setTimeout(90_000);
  await signInAs(page, "高管");
  for (const [code, name] of REPORTS) {
    await page.goto(`/reports/${code}`);
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
    await expect(page.getByText(/截至 \d{4}-\d{2}-\d{2}/)).toBeVisible();
    await expect(page.getByRole("table").first()).toBeVisible();
    // A key that has no words would show itself.
    await expect(page.getByText(/reports\.[a-z_]+\./)).toHaveCount(0);
    await expectAccessible(page);
  }
  await page.getByRole("button", { name: "口径" }).click();
  await expect(page.getByRole("dialog", { name: "口径" })).toContainText("计划项完成率");
});

test("period and filters stand in the address and change the numbers", async ({ page }) => {
  await signInAs(page, "销售主管");
  await page.goto("/reports/win-rate");
  await expect(page.getByRole("table").first()).toBeVisible();
  const before = await page.getByRole("table").first().innerText();
  await page.getByLabel("期间").selectOption("last-year");
  await expect(page).toHaveURL(/from=\d{4}-01-01/);
  await expect(page.getByRole("table").first()).not.toHaveText(before);
  await page.reload();
  await expect(page.getByLabel("期间")).toHaveValue("last-year");
});

test("a supervisor sets a goal and takes it away; a manager only reads their own", async ({ page }) => {
  await signInAs(page, "销售主管");
  await page.goto("/goals?month=2027-01");
  const box = page.getByRole("textbox", { name: /成交金额/ }).last();
  await box.fill("-5");
  await expect(page.getByRole("alert")).toBeVisible();
  await box.fill("350000");
  await page.getByRole("button", { name: "保存 1 处修改" }).click();
  await expect(page.getByRole("button", { name: "保存 0 处修改" })).toBeDisabled();
  await page.reload();
  await expect(page.getByRole("textbox", { name: /成交金额/ }).last()).toHaveValue("350000");
  await expectAccessible(page);
  await page
    .getByRole("textbox", { name: /成交金额/ })
    .last()
    .fill("");
  await page.getByRole("button", { name: "保存 1 处修改" }).click();
  await expect(page.getByRole("button", { name: "保存 0 处修改" })).toBeVisible();
  await signInAs(page, "客户经理");
  await page.goto("/goals");
  await expect(page.getByRole("row")).toHaveCount(2);
  await expect(page.getByRole("textbox", { name: /成交金额/ })).toHaveCount(0);
});
