// 仪表盘: the four boards, their figures against the period before, goals across what was reached, a way to every record.
import { expect, test } from "@playwright/test";
import { asRole, choose, expectAccessible, fits, signInAs } from "./helpers.ts";

interface Report {
  figures: { key: string; value: string | null }[];
  tables: { key: string; rows: { key: string; values: (string | null)[] }[] }[];
}

test("an executive goes through the boards; every card tells its numbers as a table too @phone", async ({
  page,
  isMobile,
}) => {
  test.setTimeout(90_000);
  await signInAs(page, "高管", "/dashboards");
  for (const name of ["销售额分析", "转化率", "团队绩效", "经营概览"]) {
    await page.getByRole("button", { name, exact: true }).click();
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
    await expect(page.getByText(/对比上期 \d{4}-01-01/)).toBeVisible();
    // Every figure has come, and no key shows itself for want of words.
    await expect(page.getByText("…", { exact: true })).toHaveCount(0);
    await expect(page.getByText(/reports\.[a-z_]+\./)).toHaveCount(0);
    if (isMobile) expect(await fits(page)).toBe(true);
    else await expectAccessible(page);
  }
  if (isMobile) await expectAccessible(page);
  const card = page.locator("section", { has: page.getByRole("heading", { name: "客户构成分析 · 按等级" }) });
  await expect(card.getByRole("table")).toBeHidden();
  await card.getByRole("button", { name: "显示数据表" }).click();
  await expect(card.getByRole("table")).toBeVisible();
  const number = card.locator("tbody").getByRole("button").first();
  const wanted = Number((await number.innerText()).replace(/\D/g, ""));
  await number.click();
  await expect(page.getByRole("dialog", { name: /按等级/ }).getByText(`共 ${wanted} 条`)).toBeVisible();
});

test("the figures are those of the analysis under the same period and filters", async ({ page }) => {
  const { call } = await asRole(page, "高管");
  const year = new Date().getFullYear() - 1;
  const period = `date_from=${year}-01-01&date_to=${year}-12-31`;
  const report = await call<Report>("GET", `/reports/goals?${period}`);
  await signInAs(page, "高管", "/dashboards/sales");
  await choose(page, "期间", "去年");
  await expect(page).toHaveURL(new RegExp(`from=${year}-01-01`));
  const tile = page.getByRole("link", { name: /^成交金额/ });
  const won = Number(report.figures.find(({ key }) => key === "won_amount")?.value);
  const whole = `¥${won.toLocaleString("zh-CN", { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
  await expect(tile.locator("strong")).toHaveAttribute("title", whole);
  const card = page.locator("section", { has: page.getByRole("heading", { name: "目标完成 · 成交金额 · 按月" }) });
  await card.getByRole("button", { name: "显示数据表" }).click();
  const months = report.tables.find(({ key }) => key === "won_amount_months")?.rows ?? [];
  await expect(card.locator("tbody tr")).toHaveCount(months.length);
  expect(months.length).toBe(12);
  // The title leads to the analysis, which asks the same.
  await card.getByRole("link", { name: /目标完成/ }).click();
  await expect(page).toHaveURL(new RegExp(`/reports/goals\\?.*from=${year}-01-01`));
  await expect(page.getByText(whole).first()).toBeVisible();
});

test("a goal is drawn across the months of what was reached", async ({ page }) => {
  await signInAs(page, "销售主管", "/dashboards/sales", "en-US");
  const card = page.locator("section", { has: page.getByRole("heading", { name: "Attainment · Won value · months" }) });
  await expect(card.locator("svg").getByText("Goal", { exact: true })).toBeVisible();
  await choose(card, "Chart shows", "Attainment");
  await expect(card.locator("svg").getByText("Goal", { exact: true })).toHaveCount(0);
});

test("who has no reports has no boards", async ({ page }) => {
  await signInAs(page, "客户经理");
  await expect(page.getByRole("link", { name: "仪表盘" })).toHaveCount(0);
  await page.goto("/dashboards/sales");
  await expect(page.getByRole("link", { name: /订单总额/ })).toHaveCount(0);
});
