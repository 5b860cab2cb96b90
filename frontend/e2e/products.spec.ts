// The catalogue: kept by the administrator, read by everybody.
import { expect, test } from "@playwright/test";
import { expectAccessible, signInAs } from "./helpers.ts";

test("a category and a product are made, found by pinyin, disabled with undo", async ({ page }) => {
  await signInAs(page, "系统管理员", "/products");
  const mark = `${Date.now() % 10_000_000}`;
  const tree = page.getByRole("region", { name: "产品分类" });
  await tree.getByRole("button", { name: "新建分类" }).click();
  const category = page.getByRole("dialog", { name: "新建分类" });
  await category.getByLabel("分类名称").fill(`传感器${mark}`);
  await category.getByRole("button", { name: "保存" }).click();
  await tree.getByRole("button", { name: `传感器${mark}`, exact: true }).click();
  await expect(page).toHaveURL(/category_id=/);

  await page.getByRole("main").getByRole("button", { name: "新建产品" }).first().click();
  const form = page.getByRole("dialog", { name: "新建产品" });
  await form.getByLabel("产品名称").fill(`温度探头${mark}`);
  await form.getByLabel("产品编码").fill("GW-10");
  await form.getByLabel("单价").fill("￥1,280.50");
  await form.getByRole("button", { name: "保存" }).click();
  await expect(form.getByText("这个产品编码已被使用")).toBeVisible();
  await form.getByLabel("产品编码").fill(`T-${mark}`);
  await expectAccessible(page);
  await form.getByRole("button", { name: "保存" }).click();
  const grid = page.getByRole("grid", { name: "产品" });
  await expect(grid.getByText(`温度探头${mark}`)).toBeVisible(); // it is in the chosen category
  await expect(grid.getByText("¥1,280.50")).toBeVisible();

  await tree.getByRole("button", { name: `传感器${mark}的菜单` }).click();
  await page.getByRole("menuitem", { name: "删除分类" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "删除分类" }).click();
  await expect(tree.getByRole("alert")).toContainText("还有 1 个产品");

  await page.getByRole("searchbox").fill("wdtt");
  await grid.getByText(`温度探头${mark}`).click({ button: "right" });
  await page.getByRole("menuitem", { name: "停用" }).click();
  await expect(page.getByText(`“温度探头${mark}”已停用`)).toBeVisible();
  await page.getByRole("button", { name: "撤销" }).click();
  await expect(page.getByText(`“温度探头${mark}”已启用`)).toBeVisible();
  await expectAccessible(page);

  await grid.getByText(`温度探头${mark}`).click();
  await page.getByRole("button", { name: "编辑单价" }).click();
  await page.getByRole("textbox", { name: "单价" }).fill("1300");
  await page.keyboard.press("Enter");
  await expect(page.getByText("¥1,300.00")).toBeVisible();
  await expect(page.getByText(/不计库存/)).toBeVisible();
  await expectAccessible(page);
});

test("everybody else reads, also on a phone @phone", async ({ page, isMobile }) => {
  await signInAs(page, "客户经理", "/products");
  await expect(page.getByRole(isMobile ? "list" : "grid", { name: "产品" })).toBeVisible();
  await expect(page.getByRole("button", { name: "新建产品" })).toHaveCount(0);
  await page.getByText("工业网关").first().click();
  await expect(page.getByText("总仓 · A-01-1")).toBeVisible();
  await expect(page.getByRole("button", { name: /编辑/ })).toHaveCount(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await expectAccessible(page);
});
