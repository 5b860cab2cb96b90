// 统计报表: an executive reads every analysis and follows a number to its records; a supervisor sets goals.
import { expect, test } from "@playwright/test";
import { readFile } from "node:fs/promises";
import { asRole, choose, expectAccessible, fits, signInAs } from "./helpers.ts";

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

test("an executive reads every analysis; each says its period, moment and definition @phone", async ({
  page,
  isMobile,
}) => {
  test.setTimeout(90_000);
  await signInAs(page, "高管");
  for (const [code, name] of REPORTS) {
    await page.goto(`/reports/${code}`);
    await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
    await expect(page.getByText(/截至 \d{4}-\d{2}-\d{2}/)).toBeVisible();
    await expect(page.getByRole("table").first()).toBeVisible();
    // A key that has no words would show itself.
    await expect(page.getByText(/reports\.[a-z_]+\./)).toHaveCount(0);
    if (isMobile) expect(await fits(page)).toBe(true);
    else await expectAccessible(page);
  }
  await page.getByRole("button", { name: "口径" }).click();
  await expect(page.getByRole("dialog", { name: "口径" })).toContainText("计划项完成率");
});

const lines = (all: Element[]) =>
  all.map((one) => one.clientHeight / Number.parseFloat(getComputedStyle(one).lineHeight));

test("a table of a report fits a desk in English, and a name takes two lines of a phone at most @phone", async ({
  page,
  isMobile,
}) => {
  await signInAs(page, "高管", "/reports/contribution", "en-US");
  const names = page.getByRole("region", { name: "By customer" }).getByRole("row").locator(".name");
  await expect(names.first()).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "Potential (now)" })).toBeVisible();
  const heights = await names.evaluateAll(lines);
  if (isMobile) expect([Math.min(...heights) > 0.9, Math.max(...heights) < 2.1]).toEqual([true, true]);
  const wide = page.locator(".frame").filter({ hasText: "Customer" });
  if (!isMobile) expect(await wide.evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0);
});

test("period and filters stand in the address and change the numbers", async ({ page }) => {
  await signInAs(page, "销售主管", "/reports/win-rate");
  await expect(page.getByRole("table").first()).toBeVisible();
  const before = await page.getByRole("table").first().innerText();
  await choose(page, "期间", "去年");
  await expect(page).toHaveURL(/from=\d{4}-01-01/);
  await expect(page.getByRole("table").first()).not.toHaveText(before);
  await page.reload();
  await expect(page.locator(".period")).toContainText("去年");
});

test("a supervisor sets a goal and takes it away; a manager only reads their own", async ({ page }) => {
  await signInAs(page, "销售主管", "/goals?month=2027-01");
  const box = page.getByRole("textbox", { name: /成交金额/ }).last();
  await box.fill("-5");
  await expect(page.getByRole("alert")).toBeVisible();
  await box.fill("350000");
  await page.getByRole("button", { name: "保存 1 处修改" }).click();
  await expect(page.getByRole("button", { name: "保存 0 处修改" })).toBeDisabled();
  await page.reload();
  await expect(page.getByRole("textbox", { name: /成交金额/ }).last()).toHaveValue("350,000");
  await expectAccessible(page);
  await page
    .getByRole("textbox", { name: /成交金额/ })
    .last()
    .fill("");
  await page.getByRole("button", { name: "保存 1 处修改" }).click();
  await expect(page.getByRole("button", { name: "保存 0 处修改" })).toBeVisible();
  await signInAs(page, "客户经理", "/goals");
  await expect(page.getByRole("row")).toHaveCount(2);
  await expect(page.getByRole("textbox", { name: /成交金额/ })).toHaveCount(0);
});

test("a number opens the records that it counts, each with a way to its page", async ({ page }) => {
  await signInAs(page, "高管", "/reports/loss");
  const number = page.getByRole("region", { name: "按流失原因" }).getByRole("button").first();
  const wanted = Number(await number.innerText());
  expect(wanted).toBeGreaterThan(0);
  await number.click();
  const drawer = page.getByRole("dialog", { name: /按流失原因/ });
  await expect(drawer.getByText(`共 ${wanted} 条`)).toBeVisible();
  await expect(drawer.getByRole("listitem")).toHaveCount(wanted);
  await expect(drawer.getByRole("listitem").first()).toContainText("已流失");
  await expectAccessible(page);
  await drawer.getByRole("link").first().click();
  await expect(page).toHaveURL(/\/losses\/\d+$/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});

test("a total of many records comes page by page; a plan item leads to its chance", async ({ page }) => {
  await signInAs(page, "高管", "/reports/activity");
  const total = page.getByRole("region", { name: "计划执行" }).locator("tfoot").getByRole("button").first();
  const wanted = Number((await total.innerText()).replace(/\D/g, ""));
  await total.click();
  const drawer = page.getByRole("dialog", { name: /计划执行/ });
  const more = drawer.getByRole("button", { name: "再显示一些" });
  await expect(drawer.getByRole("listitem").first()).toBeVisible();
  for (let shown = 50; shown < wanted; shown += 50) {
    await expect(drawer.getByRole("listitem")).toHaveCount(shown);
    await more.click();
  }
  await expect(drawer.getByRole("listitem")).toHaveCount(wanted);
  await expect(more).toHaveCount(0);
  await drawer.getByRole("listitem").first().getByRole("link").click();
  await expect(page).toHaveURL(/\/chances\/\d+$/);
});

test("a report is exported as it is filtered, a large one in the background", async ({ page }) => {
  await signInAs(page, "高管", "/reports/win-rate");
  const exported = async (item: string) => {
    const coming = page.waitForEvent("download");
    await page.getByRole("button", { name: "导出" }).click();
    await page.getByRole("menuitem", { name: item }).click();
    return coming;
  };
  const book = await exported("Excel 工作簿（XLSX）");
  expect(book.suggestedFilename()).toMatch(/^赢单率 \d{4}-01-01 \d{4}-12-31\.xlsx$/);
  expect((await readFile(await book.path())).subarray(0, 2).toString()).toBe("PK");
  const sheet = await exported("CSV 文件");
  expect((await readFile(await sheet.path())).toString()).toContain("赢单率");

  const refusal = { type: "/problems/conflict", title: "Conflict", status: 409, code: "too_large", rows: 5000 };
  await page.route("**/api/v1/reports/win-rate/export?*", (route) =>
    route.fulfill({ status: 409, contentType: "application/problem+json", body: JSON.stringify(refusal) }),
  );
  const late = await exported("CSV 文件");
  expect(late.suggestedFilename()).toMatch(/^赢单率.*\.csv$/);
  await page.getByRole("button", { name: "导出" }).click();
  await page.getByRole("menuitem", { name: "导出任务" }).click();
  const tasks = page.getByRole("dialog", { name: "导出任务" });
  await expect(tasks.getByRole("listitem").first()).toContainText("已完成");
  await expectAccessible(page);
});

test("the service analysis crosses category, product and month, and opens what it counts", async ({ page }) => {
  await signInAs(page, "高管", "/reports/service");
  const products = page.getByRole("region", { name: "按产品" });
  const product = (await products.locator("tbody tr th").filter({ hasNotText: "未填写" }).first().innerText()).trim();
  await page.locator(".el-select", { hasText: "全部产品" }).click();
  await page.getByRole("option", { name: product }).first().click();
  await expect(page).toHaveURL(/product_id=\d+/);
  await expect(products.locator("tbody tr")).toHaveCount(1);
  await page.reload();
  await expect(page.locator(".filters").getByText(product)).toBeVisible();
  const first = page.getByRole("region", { name: "按服务分类" }).locator("tbody tr").first();
  const [category, count] = [first.locator("th"), first.getByRole("button").first()];
  const [name, wanted] = [(await category.innerText()).trim(), await count.innerText()];
  await count.click();
  await expect(page.getByRole("dialog", { name: `按服务分类 · ${name}` })).toContainText(`共 ${wanted} 条`);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("region", { name: "按月" }).locator("tbody tr").first()).toBeVisible();
  await expectAccessible(page);
  await page
    .getByRole("button", { name: "客户流失分析" })
    .or(page.getByRole("link", { name: "客户流失分析" }))
    .click();
  await expect(page.getByRole("heading", { level: 1, name: "客户流失分析" })).toBeVisible();
  await expect(page.getByRole("region", { name: "按客户经理" })).toBeVisible();
});

test("a customer report: composed, issued once, read by an executive, as PDF, corrected", async ({ page }) => {
  test.setTimeout(90_000);
  await signInAs(page, "销售主管", "/customer-reports");
  await page.getByRole("button", { name: "编制报告" }).first().click();
  const dialog = page.getByRole("dialog", { name: "编制报告" });
  await dialog.getByLabel("意见").fill("本月回款良好。");
  await dialog.getByRole("button", { name: "保存" }).click();
  await expect(page).toHaveURL(/\/customer-reports\/\d+$/);
  const address = page.url();
  await expect(page.getByText("草稿", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "编辑意见" }).click();
  const comment = page.getByRole("dialog", { name: "编辑意见" });
  await comment.getByLabel("意见").fill("本月回款良好，流失需要关注。");
  await comment.getByRole("button", { name: "保存" }).click();
  await expect(page.getByText("本月回款良好，流失需要关注。")).toBeVisible();
  for (const [, name] of REPORTS.slice(0, 8)) await expect(page.getByRole("heading", { level: 2, name })).toBeVisible();

  const stranger = await asRole(page, "高管");
  const { items } = await stranger.call<{ items: { status: string }[] }>("GET", "/periodic-reports?status=draft");
  expect(items).toEqual([]);
  await signInAs(page, "销售主管", address);
  await page.getByRole("button", { name: "发布" }).click();
  await expect(page.getByRole("alertdialog").or(page.getByRole("dialog"))).toContainText("发布后不可修改");
  await page.getByRole("alertdialog").or(page.getByRole("dialog")).getByRole("button", { name: "发布" }).click();
  await expect(page.getByText("已发布", { exact: true }).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "编辑意见" })).toHaveCount(0);
  await expect(page.getByRole("note")).toContainText("定格");

  await signInAs(page, "高管", "/customer-reports");
  await expect(page.getByRole("button", { name: "编制报告" })).toHaveCount(0);
  await page.goto(address);
  await expect(page.getByRole("note")).toContainText("不能修改");
  for (const name of ["发布", "更正", "编辑意见", "删除草稿"])
    await expect(page.getByRole("button", { name, exact: true })).toHaveCount(0);
  await expect(page.getByText(/reports\.[a-z_]+\./)).toHaveCount(0);
  await expectAccessible(page);
  const answered = page.waitForResponse(/\/periodic-reports\/\d+\/pdf/);
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: "下载 PDF" }).click();
  expect((await answered).status()).toBe(200);
  const file = await coming;
  expect(file.suggestedFilename()).toMatch(/\.pdf$/);
  expect((await readFile(await file.path())).subarray(0, 4).toString()).toBe("%PDF");

  await signInAs(page, "销售主管", address);
  await page.getByRole("button", { name: "更正" }).click();
  await page
    .getByRole("dialog", { name: /更正报告/ })
    .getByRole("button", { name: "保存" })
    .click();
  await expect(page).not.toHaveURL(address);
  await expect(page.getByRole("definition").getByRole("link")).toHaveAttribute("href", new URL(address).pathname);
  await page.getByRole("button", { name: "删除草稿" }).click();
  await page.getByRole("alertdialog").or(page.getByRole("dialog")).getByRole("button", { name: "删除草稿" }).click();
  await expect(page).toHaveURL(/\/customer-reports$/);
});

test("a report in English on a phone @phone-only", async ({ page }) => {
  await signInAs(page, "高管", "/reports/service", "en-US");
  await expect(page.getByRole("heading", { level: 1, name: "Service analysis" })).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "Archived" }).first()).toBeVisible();
  await expect(page.getByText(/reports\.[a-z_]+\./)).toHaveCount(0);
  expect(await fits(page)).toBe(true);
  await expectAccessible(page);
  const number = page.getByRole("region", { name: "By type and status" }).locator("tbody").getByRole("button").first();
  const wanted = Number(await number.innerText());
  await number.click();
  await expect(page.getByRole("dialog", { name: /By type and status/ })).toContainText(`${wanted} records`);
});

test("who reads their goal is told what its percentage is, and nothing of boxes", async ({ page }) => {
  await signInAs(page, "客户经理", "/goals");
  await expect(page.getByText("目标下方的百分比是完成率。")).toBeVisible();
  await expect(page.getByText("清空即取消目标")).toHaveCount(0);
  await expect(page.locator("td small").first()).toContainText("%");
});
