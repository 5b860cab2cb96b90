// What a write makes stale is read again: at once, once, and after a write that came too late.
import { expect, type Page, test } from "@playwright/test";
import { asRole, signInAs } from "./helpers.ts";

interface Chance {
  id: number;
  version: number;
}
const given = async (page: Page, title: string): Promise<Chance> =>
  (await asRole(page, "客户经理")).call("POST", "/chances", { title, customer_name: `${title}有限公司` });

/** The reads that a page sends from now on. */
function readsOf(page: Page): string[] {
  const reads: string[] = [];
  page.on("request", (request) => {
    const { pathname, search } = new URL(request.url());
    if (request.method() === "GET" && pathname.startsWith("/api/")) reads.push(pathname + search);
  });
  return reads;
}
const twice = (reads: string[]) => reads.filter((one, at) => reads.indexOf(one) !== at);

test("after an edit in place and after a step each answer on screen is read again once", async ({ page }) => {
  const { id } = await given(page, `一次读取 ${Date.now()}`);
  await signInAs(page, "销售主管", `/chances/${id}`);
  await expect(page.getByRole("button", { name: "指派", exact: true })).toBeVisible();
  await page.waitForLoadState("networkidle");

  const reads = readsOf(page);
  await page.getByRole("button", { name: /编辑.*金额/ }).click();
  await page.keyboard.type("5000");
  const changed = page.waitForResponse((answer) => answer.request().method() === "PATCH");
  await page.keyboard.press("Enter");
  await changed;
  await expect.poll(() => reads).toContain(`/api/v1/chances/${id}`);
  await page.waitForLoadState("networkidle");
  expect(twice(reads)).toEqual([]);

  reads.length = 0;
  await page.getByRole("button", { name: "指派", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox").click();
  await page.getByRole("option").first().click();
  await dialog.getByRole("button", { name: "指派", exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await expect.poll(() => reads).toContain(`/api/v1/chances/${id}`);
  await page.waitForLoadState("networkidle");
  expect(twice(reads.filter((one) => !one.includes("/people")))).toEqual([]);
});

test("a write that comes too late shows the record as it is now, and keeps what was typed", async ({ page }) => {
  const { id, version } = await given(page, `来晚了 ${Date.now()}`);
  const { call } = await asRole(page, "客户经理");
  await signInAs(page, "客户经理", `/chances/${id}?edit=1`);
  const drawer = page.getByRole("dialog");
  const title = drawer.getByLabel("机会名称");
  await title.fill("我写的标题");
  const theirs = `同事的标题 ${Date.now()}`;
  await call("PATCH", `/chances/${id}`, { title: theirs }, version);
  await drawer.getByRole("button", { name: "保存" }).click();
  await expect(page.getByRole("heading", { level: 1, name: theirs, includeHidden: true })).toBeAttached();
  await expect(title).toHaveValue("我写的标题");
});

test("the bell counts at once what a write of one's own brings", async ({ page }) => {
  const { id } = await given(page, `铃声 ${Date.now()}`);
  await signInAs(page, "销售主管", `/chances/${id}`);
  await expect(page.getByRole("button", { name: "指派", exact: true })).toBeVisible();
  await page.waitForLoadState("networkidle");
  const reads = readsOf(page);
  await page.getByRole("button", { name: "指派", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox").click();
  await page.getByRole("option").first().click();
  await dialog.getByRole("button", { name: "指派", exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await expect.poll(() => reads).toContain("/api/v1/notices/unread");
});
