// The catalogue: kept by the administrator, read by everybody.
import { expect, type Page, test } from "@playwright/test";
import { asRole, expectAccessible, fits, signInAs } from "./helpers.ts";

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
  await expect(form.getByText("这个产品编号已被使用")).toBeVisible();
  await form.getByLabel("产品编码").fill(`T-${mark}`);
  await expectAccessible(page);
  await form.getByRole("button", { name: "保存" }).click();
  await expect(page.getByRole("heading", { level: 1, name: `温度探头${mark}` })).toBeVisible();
  await page.goBack();
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
  await expect(page.getByRole("button", { name: "总仓 · A-01-1" })).toBeVisible();
  await expect(page.getByRole("button", { name: /编辑/ })).toHaveCount(0);
  expect(await fits(page)).toBe(true);
  await expectAccessible(page);
});

/** A real PNG of one colour, as large as is asked for: noise makes it as heavy as a photo. */
async function drawn(page: Page, width: number, height: number, noisy = false): Promise<Buffer> {
  const url = await page.evaluate(
    ([w, h, noise]) => {
      const canvas = document.createElement("canvas");
      Object.assign(canvas, { width: w, height: h });
      const pen = canvas.getContext("2d");
      const dots = pen?.createImageData(canvas.width, canvas.height);
      let seed = 7;
      dots?.data.forEach((_, at) => {
        seed = (seed * 16_807) % 2_147_483_647;
        dots.data[at] = at % 4 === 3 || !noise ? 255 : seed % 256;
      });
      if (dots) pen?.putImageData(dots, 0, 0);
      return canvas.toDataURL("image/png");
    },
    [width, height, noisy ? 1 : 0] as const,
  );
  return Buffer.from(url.split(",")[1] ?? "", "base64");
}

test("pictures: a photo is scaled down, what is none is refused, the first one stands in the list", async ({
  page,
}) => {
  const { call } = await asRole(page, "系统管理员");
  const name = `测温仪${Date.now() % 10_000_000}`;
  const product = await call<{ id: number }>("POST", "/products", { name });
  await signInAs(page, "系统管理员", `/products/${product.id}`);
  const pictures = page.getByRole("region", { name: "图片" });
  await expect(pictures.getByText("还没有图片")).toBeVisible();
  const photo = await drawn(page, 1800, 1350, true);
  expect(photo.length).toBeGreaterThan(1024 * 1024);
  await pictures.getByLabel("添加图片").setInputFiles([
    { name: "photo.png", mimeType: "image/png", buffer: photo },
    { name: "small.png", mimeType: "image/png", buffer: await drawn(page, 60, 40) },
    { name: "script.png", mimeType: "image/png", buffer: Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'/>") },
  ]);
  await expect(pictures.getByRole("alert")).toContainText("script.png：不是能显示的");
  await expect(pictures.getByRole("button", { name: "图片 2 / 2", exact: true })).toBeVisible();
  await expect(pictures.getByRole("img", { name })).toBeVisible();
  const { pictures: kept } = await call<{ pictures: { width: number; size: number }[] }>(
    "GET",
    `/products/${product.id}`,
  );
  expect(kept.map(({ width }) => width <= 1600 && width >= 60)).toEqual([true, true]);
  expect(kept[1]?.width).toBe(60);
  expect(kept[0]?.size).toBeLessThanOrEqual(512 * 1024);
  await expectAccessible(page);

  await pictures.getByRole("button", { name: "图片 2 / 2的菜单" }).click();
  await page.getByRole("menuitem", { name: "设为首图" }).click();
  await expect
    .poll(
      async () => (await call<{ pictures: { width: number }[] }>("GET", `/products/${product.id}`)).pictures[0]?.width,
    )
    .toBe(60);
  await pictures.getByRole("button", { name: "图片 2 / 2的菜单" }).click();
  await page.getByRole("menuitem", { name: "删除图片" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "删除图片" }).click();
  await expect(pictures.getByRole("button", { name: "图片 1 / 1", exact: true })).toBeVisible();

  await page.goto(`/products?q=${encodeURIComponent(name)}`);
  await expect(page.getByRole("grid", { name: "产品" }).locator("img")).toBeVisible();
});

test("attributes are added, moved by keys and refused twice; costs have a margin", async ({ page }) => {
  const { call } = await asRole(page, "系统管理员");
  const product = await call<{ id: number }>("POST", "/products", {
    name: `流量计${Date.now() % 10_000_000}`,
    price: "200",
    attributes: [{ name: "口径", value: "DN50" }],
  });
  await signInAs(page, "系统管理员", `/products/${product.id}`);
  await page.getByRole("button", { name: "编辑产品", exact: true }).click();
  const form = page.getByRole("dialog", { name: "编辑产品" });
  await form.getByLabel("成本").fill("150");
  await form.getByRole("button", { name: "添加属性" }).click();
  await page.keyboard.type("口径");
  await form.getByLabel("第 2 项的内容").fill("24 V");
  await form.getByRole("button", { name: "保存" }).click();
  await expect(form.getByText("上面已有同名的属性")).toBeVisible();
  await expectAccessible(page);
  await form.getByLabel("第 2 项的名称").fill("电压");
  await form.getByRole("button", { name: "移动“电压”" }).press("ArrowUp");
  await form.getByRole("button", { name: "保存" }).click();
  await expect(form).toBeHidden();
  await expect(page.getByText("¥50.00（25%）")).toBeVisible();
  const { attributes } = await call<{ attributes: object[] }>("GET", `/products/${product.id}`);
  expect(attributes).toEqual([
    { name: "电压", value: "24 V" },
    { name: "口径", value: "DN50" },
  ]);
  await expectAccessible(page);
});

test("a disabled category is shown, and what lies in it is not offered", async ({ page }) => {
  const { call } = await asRole(page, "系统管理员");
  const mark = `${Date.now() % 10_000_000}`;
  const category = await call<{ id: number }>("POST", "/product-categories", { name: `旧款${mark}` });
  await call("POST", "/products", { name: `旧款网关${mark}`, category_id: category.id });
  await signInAs(page, "系统管理员", `/products?q=${mark}`);
  const grid = page.getByRole("grid", { name: "产品" });
  await expect(grid.getByText("启用")).toBeVisible();
  await page.getByRole("button", { name: `旧款${mark}的菜单` }).click();
  await page.getByRole("menuitem", { name: "停用分类" }).click();
  await expect(grid.getByText("分类已停用")).toBeVisible();
  const { items } = await call<{ items: object[] }>("GET", `/products?sold=true&q=${mark}`);
  expect(items).toEqual([]);
});

test("costs are shown to who holds the right, in English too", async ({ page }) => {
  const { call } = await asRole(page, "系统管理员");
  const { items } = await call<{ items: { id: number }[] }>("GET", "/products?q=GW-10");
  const at = `/products/${items[0]?.id}`;
  await signInAs(page, "销售主管", at, "en-US");
  await expect(page.getByText("Margin", { exact: true })).toBeVisible();
  await expect(page.getByText("Attributes", { exact: true })).toBeVisible();
  await expectAccessible(page);
  await signInAs(page, "客户经理", at, "en-US");
  await expect(page.getByText("Attributes", { exact: true })).toBeVisible();
  await expect(page.getByText("Cost", { exact: true })).toHaveCount(0);
  await expect(page.getByText("Margin", { exact: true })).toHaveCount(0);
  expect(await fits(page)).toBe(true);
});
