// 已购设备: written down at the customer, changed, found by its serial number, deleted and brought back.
import { expect, test } from "@playwright/test";
import { asRole, expectAccessible, fits, givenCustomer, signInAs } from "./helpers.ts";

const unique = () => Date.now().toString(36).toUpperCase();

test("what a customer has is written down at the customer, changed, and told in its history", async ({ page }) => {
  const serial = `SN-${unique()}`;
  const customer = await givenCustomer(page, `设备客户${serial}`);
  await signInAs(page, "客户经理", `/customers/${customer.id}?tab=assets`);
  await expect(page.getByText("这个客户还没有登记设备")).toBeVisible();
  await page.getByRole("main").getByRole("button", { name: "新建设备" }).click();
  const form = page.getByRole("dialog", { name: "新建设备" });
  await expect(form.getByText(customer.name)).toBeVisible();
  await form.getByRole("button", { name: "保存" }).click();
  await expect(form.getByText("必填")).toBeVisible();
  await form.getByRole("combobox", { name: "产品" }).fill("边缘服务器");
  await page.getByRole("option", { name: /边缘服务器/ }).click();
  await form.getByLabel("序列号").fill(serial);
  await form.getByLabel("交付日期").fill("2026-03-31");
  await form.getByLabel("交付日期").press("Tab");
  await expectAccessible(page);
  await form.getByRole("button", { name: "保存" }).click();
  await expect(form).toBeHidden();

  await page.getByRole("link", { name: `边缘服务器 · ${serial}` }).click();
  await expect(page.getByRole("heading", { level: 1, name: `边缘服务器 · ${serial}` })).toBeVisible();
  // The months of the product, after the delivery.
  await expect(page.getByRole("definition").filter({ hasText: /^2027-03-31$/ })).toBeVisible();
  await expect(page.getByText(customer.name)).toBeVisible();
  await expectAccessible(page);

  await page.keyboard.press("e");
  const edit = page.getByRole("dialog", { name: "编辑设备" });
  await edit.getByLabel("安装地点").fill("三号机房");
  await edit.getByRole("button", { name: "保存" }).click();
  const history = page.getByRole("complementary");
  await expect(history.getByText("三号机房")).toBeVisible();
  await expect(history.getByText("安装地点")).toBeVisible();

  await page.getByRole("button", { name: "删除" }).click();
  await expect(page).toHaveURL(/\/assets$/);
  await page.getByRole("button", { name: "撤销" }).click();
  await expect(page.getByText("已恢复")).toBeVisible();
  await page.getByPlaceholder("编号、序列号、产品或客户").fill(serial);
  await expect(page.getByRole("grid").getByText(serial, { exact: true })).toBeVisible();
  await expectAccessible(page);
});

test("a serial number that another piece of the product has is refused where it stands", async ({ page }) => {
  const { call } = await asRole(page, "客户经理");
  const { items } = await call<{ items: { id: number; serial_number: string | null; product: { id: number } }[] }>(
    "GET",
    "/assets?limit=50",
  );
  const [one, ...others] = items.filter((row) => row.serial_number);
  const other = others.find(({ product }) => product.id === one?.product.id);
  if (!one?.serial_number || !other) throw new Error("the demo company has no two pieces of a product");
  await signInAs(page, "客户经理", `/assets/${other.id}`);
  await page.getByRole("button", { name: "编辑" }).click();
  await page.getByLabel("序列号").fill(one.serial_number);
  await page.getByRole("button", { name: "保存" }).click();
  await expect(page.getByText("这个产品已有一台同样序列号的设备")).toBeVisible();
  await expect(page.getByLabel("序列号")).toHaveAttribute("aria-invalid", "true");
});

test("who may not write finds a piece by its serial number and changes nothing", async ({ page }) => {
  const { call } = await asRole(page, "高管");
  const { items } = await call<{ items: { serial_number: string | null }[] }>("GET", "/assets?limit=50");
  const serial = items.find((row) => row.serial_number)?.serial_number ?? "";
  await signInAs(page, "高管", "/assets?new=1");
  await expect(page.getByRole("grid").getByRole("row").nth(1)).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill(serial);
  await page.getByRole("option", { name: serial }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: serial })).toBeVisible();
  await expect(page.getByRole("button", { name: "编辑" })).toHaveCount(0);
});

test("on a phone pieces are cards and the form fits @phone-only", async ({ page }) => {
  await signInAs(page, "客户经理", "/assets");
  const card = page.getByRole("main").getByRole("listitem").first();
  await expect(card).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("main").getByRole("button", { name: "新建设备" }).click();
  await expect(page.getByRole("dialog", { name: "新建设备" }).getByLabel("序列号")).toBeVisible();
  expect(await fits(page)).toBe(true);
});
