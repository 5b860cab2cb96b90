// Habits of every form: the chord saves from a select, messages go when their field is mended, days are picked in the reader's language.
import { expect, test } from "@playwright/test";
import { asRole, givenCustomer, openPicker, signInAs } from "./helpers.ts";

test("Ctrl+Enter saves from a select, and a message goes as its field is mended", async ({ page }) => {
  await signInAs(page, "客户经理", "/chances?new=1");
  const form = page.getByRole("dialog", { name: "新建销售机会" });
  const source = form.getByRole("combobox", { name: "机会来源" });
  await source.focus();
  await source.press("Control+Enter");
  const missing = form.locator(".form-field", { hasText: "机会名称" }).locator(".error");
  await expect(missing).toBeVisible();
  await form.getByLabel("机会名称").fill(`快捷键${Date.now() % 1_000_000}`);
  await expect(missing).toBeHidden();
  await form.getByRole("textbox", { name: "客户名称" }).fill("快捷键公司");
  await source.focus();
  await source.press("Control+Enter");
  await expect(page).toHaveURL(/\/chances\/\d+$/);
});

test("leaving asks by what each answer does", async ({ page }) => {
  await signInAs(page, "客户经理", "/chances?new=1");
  const form = page.getByRole("dialog", { name: "新建销售机会" });
  await form.getByLabel("机会名称").fill("未保存");
  await form.getByRole("button", { name: "取消" }).click();
  const asked = page.getByRole("dialog", { name: "放弃未保存的修改？" });
  await asked.getByRole("button", { name: "继续编辑" }).click();
  await expect(form.getByLabel("机会名称")).toHaveValue("未保存");
});

test("a choice and a day are edited in place by the kit", async ({ page }) => {
  const customer = await givenCustomer(page, `就地编辑${Date.now() % 1_000_000}有限公司`);
  await signInAs(page, "客户经理", `/customers/${customer.id}`);
  await page.getByRole("button", { name: /编辑客户等级/ }).click();
  await page.getByRole("option", { name: "大客户" }).click();
  await expect(page.getByRole("button", { name: /编辑客户等级/ })).toContainText("大客户");
  await page.goto("/orders");
  await page.getByRole("button", { name: "筛选" }).click();
  await page.getByRole("menuitem", { name: "订单日期" }).click();
  await page.locator(".range .el-date-editor input").first().click();
  await expect(page.locator(".el-date-picker__header-label").first()).toContainText("年");
});

test("a customer's own name typed as new offers that customer, and a win chooses it", async ({ page }) => {
  const customer = await givenCustomer(page, `同名${Date.now() % 1_000_000}有限公司`);
  await signInAs(page, "客户经理", "/chances?new=1");
  const form = page.getByRole("dialog", { name: "新建销售机会" });
  await form.getByLabel("机会名称").fill(`同名机会${Date.now() % 1_000_000}`);
  await form.getByRole("textbox", { name: "客户名称" }).fill(customer.name);
  await form.getByRole("textbox", { name: "联系人" }).focus();
  await form.getByRole("button", { name: "选用它" }).click();
  await expect(form.locator(".el-select__placeholder", { hasText: customer.name })).toBeVisible();

  const manager = await asRole(page, "客户经理");
  const boss = await asRole(page, "销售主管");
  const chance = { title: `赢单${customer.name}`, customer_name: customer.name };
  const made = await boss.call<{ id: number; version: number }>("POST", "/chances", chance);
  await boss.call("POST", `/chances/${made.id}/assign`, { assignee_id: manager.id }, made.version);
  await asRole(page, "客户经理"); // the session is the last one that signed in
  page.once("dialog", (asked) => void asked.accept()); // what was typed is left
  await page.goto(`/chances/${made.id}`);
  await page.getByRole("button", { name: "开发成功" }).click();
  const won = page.getByRole("dialog", { name: "开发成功" });
  await expect(won.locator(".el-select__placeholder", { hasText: customer.name })).toBeVisible();
});

test("an order's address is written into its box, and is none when it is taken out", async ({ page }) => {
  const name = `有地址${Date.now()}有限公司`;
  const { id } = await givenCustomer(page, name, { address: "杭州市滨江路9号" });
  await signInAs(page, "客户经理", `/customers/${id}`);
  await page.getByRole("button", { name: "订单", exact: true }).click();
  await page.getByRole("button", { name: "新建订单" }).click();
  const form = page.getByRole("dialog", { name: "新建订单" });
  const address = form.getByLabel("交货地址");
  await expect(address).toHaveValue("杭州市滨江路9号");
  await form.getByRole("button", { name: "取消" }).click(); // nobody wrote anything: nothing is asked
  await expect(form).toBeHidden();
  await page.getByRole("button", { name: "新建订单" }).click();
  await expect(address).toHaveValue("杭州市滨江路9号");
  await address.fill("");
  await address.press("Control+Enter");
  await expect(page).toHaveURL(/\/orders\/\d+$/);
  await expect(page.getByRole("button", { name: /编辑交货地址/ })).toHaveText(/^—/);
});

test("a contact made from the list is seen on the page of its customer", async ({ page }) => {
  const customer = await givenCustomer(page, `有联系人${Date.now()}有限公司`);
  await signInAs(page, "客户经理", "/linkmen?new=1");
  const form = page.getByRole("dialog", { name: "新建联系人" });
  await form.getByRole("combobox", { name: "客户" }).fill(customer.name);
  await expect(page.getByRole("option")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await form.getByLabel("姓名").fill("沈新人");
  await page.keyboard.press("Control+Enter");
  await expect(page).toHaveURL(new RegExp(`/customers/${customer.id}$`));
  await expect(page.getByRole("region", { name: "联系人", exact: true })).toContainText("沈新人");
});

test("a person's work is read in full in an English picker on a phone @phone-only", async ({ page }) => {
  const customer = await givenCustomer(page, `Load ${Date.now()}`);
  await signInAs(page, "销售主管", `/customers/${customer.id}`, "en-US");
  await page
    .getByRole("main")
    .getByRole("button", { name: /^Transfer/ })
    .click();
  await openPicker(page.getByRole("dialog").getByRole("combobox").first());
  const details = page.locator(".record-option:visible .detail");
  await expect(details.first()).toContainText("services");
  const inside = await details.evaluateAll((all) =>
    all.map((one) => {
      const [text, popup] = [one.getBoundingClientRect(), one.closest(".el-popper")?.getBoundingClientRect()];
      return (
        text.right <= Math.min(popup?.right ?? 0, innerWidth) &&
        text.bottom <= (one.parentElement?.getBoundingClientRect().bottom ?? 0)
      );
    }),
  );
  expect(inside).toEqual(inside.map(() => true));
});
