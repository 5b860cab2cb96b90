// The printed order on a phone: nothing of a line lies outside of the screen, in the longer language either.
import { expect, test } from "@playwright/test";
import { asRole, signInAs } from "./helpers.ts";

test("an order's amounts are on the screen @phone", async ({ page }) => {
  const { call } = await asRole(page, "销售主管");
  const { items } = await call<{ items: { id: number }[] }>("GET", "/orders?status=confirmed&limit=1");
  await signInAs(page, "销售主管", "/", "en-US");
  await page.goto(`/orders/${items[0]?.id}/print`);
  await expect(page.locator("tbody tr").first()).toBeVisible();
  const width = page.viewportSize()?.width ?? 0;
  const ends = await page.locator("td").evaluateAll((cells) => cells.map((cell) => cell.getBoundingClientRect().right));
  expect(Math.max(...ends)).toBeLessThanOrEqual(width);
});
