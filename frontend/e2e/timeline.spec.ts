// 时间线: open chances by the month in which they are expected to close; a card in another month has another day.
import { expect, test } from "@playwright/test";
import { asRole, expectAccessible, signInAs } from "./helpers.ts";

const pad = (value: number) => String(value).padStart(2, "0");
/** The month (`2026-03`) that lies so many months after the present one of the company. */
function monthAfter(months: number): string {
  const [year, month] = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai" }).format().split("-").map(Number);
  const place = (year ?? 0) * 12 + (month ?? 1) - 1 + months;
  return `${Math.floor(place / 12)}-${pad((place % 12) + 1)}`;
}

test("a manager moves a chance to another month by keys, and it stays there", async ({ page }) => {
  const supervisor = await asRole(page, "销售主管");
  const manager = await asRole(page, "客户经理");
  const title = "时间线上的机会";
  const facts = {
    title,
    customer_name: "时间线有限公司",
    expected_close_date: `${monthAfter(1)}-15`,
    amount: "1234.00",
  };
  const chance = await supervisor.call<{ id: number; version: number }>("POST", "/chances", facts);
  await supervisor.call("POST", `/chances/${chance.id}/assign`, { assignee_id: manager.id }, chance.version);
  await signInAs(page, "客户经理", "/chances");
  await page.getByRole("button", { name: "切换为时间线" }).click();
  await expect(page).toHaveURL(/view=timeline/);
  const column = (name: string) => page.getByRole("region", { name: new RegExp(`^${name}`) });
  await expect(column(monthAfter(1)).getByText(title)).toBeVisible();
  await expectAccessible(page);
  await column(monthAfter(1)).getByRole("article", { name: title }).focus();
  await page.keyboard.press("Alt+ArrowRight");
  await expect(column(monthAfter(2)).getByText(title)).toBeVisible();
  await expect(page.getByText(`预计成交日期改为 ${monthAfter(2)}-15`)).toBeVisible();
  await page.reload();
  await expect(column(monthAfter(2)).getByText(title)).toBeVisible();
  const kept = await manager.call<{ expected_close_date: string }>("GET", `/chances/${chance.id}`);
  expect(kept.expected_close_date).toBe(`${monthAfter(2)}-15`);
});

test("the filter for the expected day narrows the list", async ({ page }) => {
  const { call } = await asRole(page, "高管");
  const [from, to] = [`${monthAfter(1)}-01`, `${monthAfter(1)}-28`];
  const { total } = await call<{ total: number }>("GET", `/chances?close_from=${from}&close_to=${to}&limit=1`);
  expect(total).toBeGreaterThan(0);
  await signInAs(page, "高管", `/chances?close_from=${from}&close_to=${to}`);
  await expect(page.getByText(`共 ${total} 条`)).toBeVisible();
});

test("on a phone and in English it shows month by month @phone-only", async ({ page }) => {
  await signInAs(page, "高管", "/chances?view=timeline", "en-US");
  await expect(page.getByText(monthAfter(0), { exact: true }).first()).toBeVisible();
  await expect(page.getByText(/^Weighted ¥/).first()).toBeVisible();
  await expect(page.getByText(/chances\.[a-z_]+\./)).toHaveCount(0);
  await expectAccessible(page);
});
