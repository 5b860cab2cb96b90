// 竞争对手: who leads sales keeps them and what they sell; who sells reads them.
import { expect, test } from "@playwright/test";
import { asRole, expectAccessible, fits, signInAs } from "./helpers.ts";

const unique = () => Date.now().toString(36);

test("a competitor is kept with what it sells and what answers it", async ({ page }) => {
  const name = `云帆科技${unique()}`;
  await signInAs(page, "销售主管", "/competitors");
  await expectAccessible(page);
  await page.getByRole("main").getByRole("button", { name: "新建竞争对手" }).click();
  const form = page.getByRole("dialog", { name: "新建竞争对手" });
  await form.getByRole("button", { name: "保存" }).click();
  await expect(form.getByText("必填")).toBeVisible();
  await form.getByRole("textbox", { name: /^名称/ }).fill(name);
  await form.getByLabel("网址").fill("www.yunfan.example.com");
  await form.getByLabel("应对策略").fill("强调本地实施");
  await expectAccessible(page);
  await form.getByRole("button", { name: "保存" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await expect(page.getByRole("link", { name: "www.yunfan.example.com" })).toHaveAttribute(
    "href",
    "https://www.yunfan.example.com",
  );

  await page.getByRole("button", { name: "添加产品" }).click();
  const product = page.getByRole("dialog", { name: "添加产品" });
  await product.getByLabel("名称").fill("云帆桌面 3");
  await product.getByLabel("价格").fill("12,800.5");
  await product.getByLabel("优势").fill("界面新");
  await product.getByRole("combobox", { name: "我方应对产品" }).fill("企业协同平台");
  await page.getByRole("option", { name: /企业协同平台/ }).click();
  await product.getByRole("button", { name: "保存" }).click();
  const products = page.getByRole("region", { name: "对手产品" });
  await expect(products.getByText("¥12,800.50")).toBeVisible();
  await expect(products.getByRole("link", { name: "企业协同平台" })).toBeVisible();
  await expectAccessible(page);

  await products.getByRole("button", { name: "编辑云帆桌面 3" }).click();
  await page.getByRole("dialog").getByLabel("劣势").fill("没有移动端");
  await page.getByRole("dialog").getByRole("button", { name: "保存" }).click();
  await expect(products.getByText("没有移动端")).toBeVisible();
  await products.getByRole("button", { name: "移除“云帆桌面 3”" }).click();
  await expect(products.getByText("还没有产品")).toBeVisible();
  await page.getByRole("button", { name: "撤销" }).click();
  await expect(products.getByText("没有移动端")).toBeVisible();
  await expect(page.getByRole("complementary").getByText("移除产品")).toBeVisible();
});

test("one that is not met any more is disabled, and found by that", async ({ page }) => {
  const name = `退出的对手${unique()}`;
  const { call } = await asRole(page, "销售主管");
  const { id } = await call<{ id: number }>("POST", "/competitors", { name });
  await signInAs(page, "销售主管", `/competitors/${id}`);
  await page.getByRole("button", { name: "编辑" }).click();
  await page.getByRole("dialog").getByText("启用").click();
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByText("已停用")).toBeVisible();
  await page.goto(`/competitors?enabled=true&q=${encodeURIComponent(name)}`);
  await expect(page.getByText("没有符合条件的记录")).toBeVisible();
  await page.goto(`/competitors?q=${encodeURIComponent(name)}`);
  await expect(page.getByRole("grid").getByRole("link", { name })).toBeVisible();
});

test("who sells reads them and changes nothing; on a phone they are cards @phone", async ({ page }) => {
  await signInAs(page, "客户经理", "/competitors");
  await page.getByRole("link", { name: "恒通软件" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "恒通软件" })).toBeVisible();
  await expect(page.getByRole("region", { name: "对手产品" }).getByText("恒通协同 9")).toBeVisible();
  await expect(page.getByRole("button", { name: "编辑" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "添加产品" })).toHaveCount(0);
  expect(await fits(page)).toBe(true);
});
