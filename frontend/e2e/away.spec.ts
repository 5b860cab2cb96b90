// The server is away when the page is opened: it says so, signs nobody out, and goes on by itself.
import { expect, test } from "@playwright/test";
import { signInAs } from "./helpers.ts";

test("a page that is opened while the server is away waits for it", async ({ page }) => {
  await signInAs(page, "客户经理", "/profile");
  await page.route("**/api/**", (route) => route.abort());
  await page.goto("/chances");
  await expect(page.getByRole("heading", { name: "暂时连不上服务器" })).toBeVisible();
  await page.unroute("**/api/**");
  await expect(page.getByRole("heading", { level: 1, name: "销售机会" })).toBeVisible({ timeout: 15_000 });
  await expect(page).toHaveURL(/\/chances/);
});
