// Files of the SPA that do not come: one reload, then a word with a way to try again; never a loop, never silence.
import { expect, type Page, test } from "@playwright/test";
import { expectAccessible, signInAs } from "./helpers.ts";

const LIST = /\/assets\/CustomerListPage-.*\.js/;
const LOST = "这里有内容没能载入，可能系统刚刚更新过。";
const AWAY = "连不上服务器，这里有内容没能载入。";

/** Counts how often the page itself is fetched from now on. */
function loads(page: Page): () => number {
  let count = 0;
  page.on("request", (request) => {
    if (request.isNavigationRequest()) count++;
  });
  return () => count;
}
/** Lets requests wait until the test says so. */
function gate(): { here: Promise<void>; come: () => void } {
  let open: (() => void) | undefined;
  const here = new Promise<void>((resolve) => (open = resolve));
  return { here, come: () => open?.() };
}
const menu = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "主菜单" }).getByRole("link", { name }).first();

test("a page whose file is gone reloads once, then says so", async ({ page }) => {
  await signInAs(page, "销售主管");
  await page.route(LIST, (route) => route.fulfill({ status: 404, body: "" }));
  const loaded = loads(page);
  await menu(page, "客户信息").click();
  const word = page.getByRole("alert").filter({ hasText: LOST });
  await expect(word).toBeVisible();
  await expect(page).toHaveURL(/\/customers$/);
  expect(loaded()).toBe(1);
  await expectAccessible(page);
  await word.getByRole("button", { name: "重试" }).click(); // asked for by hand: once more, and no more
  await expect.poll(loaded).toBe(2);
  await expect(word).toBeVisible();
  await page.unroute(LIST);
  await word.getByRole("button", { name: "重试" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "客户信息" })).toBeVisible();
  expect(loaded()).toBe(3);
});

test("a new release is fetched by the reload, unseen", async ({ page }) => {
  await signInAs(page, "销售主管");
  const loaded = loads(page);
  await page.route(LIST, (route) => (loaded() ? route.fallback() : route.fulfill({ status: 404, body: "" })));
  await menu(page, "客户信息").click();
  await expect(page.getByRole("heading", { level: 1, name: "客户信息" })).toBeVisible();
  expect(loaded()).toBe(1);
});

test("offline the page stays, says why and goes on by a click", async ({ page, context }) => {
  await signInAs(page, "销售主管");
  const loaded = loads(page);
  await context.setOffline(true);
  await menu(page, "客户信息").click();
  const word = page.getByRole("alert").filter({ hasText: AWAY });
  await expect(word).toBeVisible();
  await word.getByRole("button", { name: "重试" }).click();
  await expect(word.getByRole("button", { name: "重试" })).toBeEnabled();
  expect(loaded()).toBe(0);
  await context.setOffline(false);
  await word.getByRole("button", { name: "重试" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "客户信息" })).toBeVisible();
});

test("a dialog or a piece that does not come says so and takes nothing away", async ({ page }) => {
  await page.route(/\/assets\/(ActivityDrawer|DuePlans)-.*\.js/, (route) => route.fulfill({ status: 404, body: "" }));
  await signInAs(page, "客户经理");
  const loaded = loads(page);
  await expect(page.getByRole("alert").filter({ hasText: LOST })).toHaveCount(2); // above, and where it should be
  await page.getByRole("button", { name: "新建" }).click();
  await page.getByRole("menuitem", { name: "记跟进" }).click();
  await expect(page.getByRole("alert").filter({ hasText: LOST }).first()).toBeVisible();
  expect(loaded()).toBe(0);
});

test("a page whose start is gone tells it in both languages", async ({ page }) => {
  await page.route(/\/assets\/vendor-.*\.js/, (route) => route.fulfill({ status: 404, body: "" }));
  await page.goto("/login");
  await expect(page.getByRole("alert")).toContainText("Kith could not be loaded");
});

test("without the English words the Chinese ones are there", async ({ page }) => {
  await page.route(/\/assets\/en-US-.*\.js/, (route) => route.fulfill({ status: 404, body: "" }));
  await page.addInitScript(() => localStorage.setItem("kith.language", "en-US"));
  await page.goto("/login");
  await expect(page.getByRole("button", { name: "登录", exact: true })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "zh-CN");
  await expect(page.getByRole("alert").filter({ hasText: LOST })).toBeVisible();
});

test("a slow page shows that it comes", async ({ page }) => {
  await signInAs(page, "销售主管");
  const { here, come } = gate();
  await page.route(LIST, async (route) => {
    await here;
    await route.fallback();
  });
  await menu(page, "客户信息").click();
  await expect(page.getByRole("progressbar", { name: "加载中…" })).toBeVisible();
  await expect(page.locator(".app")).toHaveAttribute("aria-busy", "true");
  come();
  await expect(page.getByRole("heading", { level: 1, name: "客户信息" })).toBeVisible();
  await expect(page.getByRole("progressbar")).toHaveCount(0);
  await expect(page.locator(".app")).not.toHaveAttribute("aria-busy");
});

test("tiles show no figure before it is here", async ({ page }) => {
  const { here, come } = gate();
  await page.route(/\/api\/v1\/(chances|reports)/, async (route) => {
    await here;
    await route.fallback();
  });
  await signInAs(page, "高管");
  const tiles = page.locator(".tile");
  await expect(tiles).toHaveCount(12);
  await expect(tiles.locator(".bones.shown")).toHaveCount(12);
  expect((await tiles.allInnerTexts()).filter((text) => /\d/.test(text))).toEqual([]);
  come();
  await expect(tiles.locator("strong")).toHaveText(Array.from({ length: 12 }, () => /\d/));
});
