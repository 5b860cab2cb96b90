// What every list promises: a selection is what is shown, Back comes to the same place, a board is seen whole.
import { expect, type Page, test } from "@playwright/test";
import { asRole, signInAs } from "./helpers.ts";

const rowsOf = (page: Page) => page.getByRole("grid").locator('[role="row"]:not(.head)');

test("a selection ends with the act", async ({ page }) => {
  const { call } = await asRole(page, "销售主管");
  const tag = `选中${Date.now() % 1_000_000}`;
  for (const n of [1, 2]) await call("POST", "/chances", { title: `${tag}之${n}`, customer_name: `${tag}公司` });
  await signInAs(page, "销售主管", `/chances?tab=all&q=${tag}`);
  await expect(rowsOf(page)).toHaveCount(2);
  await page.getByRole("checkbox", { name: "选择全部" }).check();
  const bar = page.getByRole("toolbar");
  await expect(bar).toContainText("2");
  await bar.getByRole("button", { name: "指派" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox").click();
  await page.getByRole("option").first().click();
  await dialog.getByRole("button", { name: "指派" }).click();
  await expect(dialog).toBeHidden();
  await expect(bar).toBeHidden();
});

test("Back comes to the same place and row", async ({ page }) => {
  await signInAs(page, "销售主管", "/customers");
  await expect(rowsOf(page).first()).toBeVisible();
  const grid = page.getByRole("grid");
  const head = await rowsOf(page).first().innerText();
  await grid.evaluate((element) => (element.scrollTop = 1600));
  await expect.poll(() => rowsOf(page).first().innerText()).not.toBe(head); // the rows of that place are drawn
  const name = await rowsOf(page).filter({ visible: true }).nth(9).getByRole("gridcell").nth(1).innerText();
  const row = rowsOf(page).filter({ hasText: name });
  const top = await grid.evaluate((element) => element.scrollTop);
  await row.getByRole("gridcell").nth(2).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await page.locator(".crumbs a").click();
  await expect(page.locator("[data-returned]")).toContainText(name);
  expect(await grid.evaluate((element) => element.scrollTop)).toBe(top);
});

test("Back comes to the same card on a phone @phone-only", async ({ page }) => {
  await signInAs(page, "销售主管", "/customers");
  const cards = page.getByRole("list", { name: "客户信息" });
  const first = cards.getByRole("listitem").first();
  const head = await first.innerText();
  await cards.evaluate((element) => (element.scrollTop = 3000));
  await expect.poll(() => first.innerText()).not.toBe(head); // the cards of that place are drawn
  const card = cards.getByRole("listitem").nth(8);
  const name = await card.getByRole("link").first().innerText();
  await card.getByRole("link").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await page.goBack();
  await expect(cards.locator(".returned")).toContainText(name);
  await expect(cards.locator(".returned")).toBeInViewport();
});

test("the board of six columns fits a usual screen", async ({ page }) => {
  await signInAs(page, "销售主管", "/chances?view=board&tab=all");
  await expect(page.locator(".column")).toHaveCount(6);
  const board = page.locator(".board");
  expect(await board.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
});

test("a phone opens the board where cards are @phone", async ({ page }) => {
  await signInAs(page, "客户经理", "/chances?view=board");
  await expect(page.locator(".kanban-card").first()).toBeInViewport();
});
