// A salesperson's work with customers and contacts, on the demo company.
import { expect, type Page, test } from "@playwright/test";
import { asRole, expectAccessible, fits, givenCustomer, signInAs } from "./helpers.ts";

const stamp = () => `${Date.now()}${Math.floor(Math.random() * 1000)}`;
const grid = (page: Page) => page.getByRole("grid", { name: "客户信息" });
const drawer = (page: Page, name: string) => page.getByRole("dialog", { name });

async function newCustomer(page: Page, name: string): Promise<void> {
  await page.goto("/customers?new=1");
  const form = drawer(page, "新建客户");
  await form.getByLabel("客户名称").fill(name);
  await form.getByRole("button", { name: "保存" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

test("the customer list is found by a part of the name, filtered and sorted", async ({ page }) => {
  await signInAs(page, "销售主管");
  await page.keyboard.press("g");
  await page.keyboard.press("k");
  await expect(page).toHaveURL(/\/customers$/);
  await expect(grid(page).getByRole("row").nth(1)).toBeVisible();
  const name = (await grid(page).getByRole("row").nth(1).getByRole("gridcell").nth(1).innerText()).trim();

  const search = page.getByRole("searchbox", { name: "名称、拼音、首字母或编号" });
  await search.fill(name.slice(2, 6));
  await expect(page).toHaveURL(/q=/);
  await expect(grid(page).getByText(name, { exact: true })).toBeVisible();
  await search.fill(name.slice(0, 1));
  await expect(page.getByText("只输入一个字时，按名称开头查找")).toBeVisible();
  await page.getByRole("button", { name: "清除" }).first().click();

  await page.getByRole("button", { name: "筛选" }).click();
  await page.getByRole("menuitem", { name: "客户等级" }).click();
  await page.getByRole("option").first().click();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(/level=/);
  await expectAccessible(page);
});

test("a customer is created, edited in place, deleted and brought back", async ({ page }) => {
  await signInAs(page, "销售主管", "/profile");
  const name = `测试第${stamp()}号有限公司`;
  await newCustomer(page, name);
  await expectAccessible(page);

  await page.getByRole("button", { name: /编辑电话/ }).click();
  await page.getByRole("textbox", { name: "电话" }).fill("0512-60000001");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("link", { name: "0512-60000001" })).toBeVisible();
  await page.getByRole("button", { name: "变更历史" }).click();
  await expect(page.getByText("电话：空 → 0512-60000001")).toBeVisible();

  await page.getByRole("button", { name: "删除", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "删除" }).click();
  await expect(page).toHaveURL(/\/customers$/);
  await page.getByRole("button", { name: "撤销" }).click();
  await expect(page.getByText("已恢复")).toBeVisible();
});

test("a likely twin is shown before a second file is opened, and wrong values stand at their field", async ({
  page,
}) => {
  const name = `孪生第${stamp()}号精密机械有限公司`;
  await givenCustomer(page, name, {}, "销售主管");
  await signInAs(page, "销售主管", "/customers?new=1");
  const form = drawer(page, "新建客户");
  await form.getByRole("button", { name: "保存" }).click();
  await expect(form.getByText("必填")).toBeVisible();
  await form.getByLabel("客户名称").fill(name.replace("有限公司", "股份有限公司"));
  await form.getByLabel("统一社会信用代码").fill("123");
  await form.getByRole("button", { name: "保存" }).click();
  await expect(form.getByLabel("统一社会信用代码")).toHaveAttribute("aria-invalid", "true");
  await form.getByLabel("统一社会信用代码").fill("");
  await form.getByRole("button", { name: "保存" }).click();
  await expect(form.getByRole("alert")).toContainText("可能已有这个客户");
  await expect(form.getByRole("link", { name })).toBeVisible();
  await expectAccessible(page);
  await form.getByRole("button", { name: "确认是另一个客户，继续新建" }).click();
  await expect(page.getByRole("heading", { level: 1, name: name.replace("有限公司", "股份有限公司") })).toBeVisible();
});

test("contacts: added, found by the tail of the phone, deleted with undo", async ({ page }) => {
  const tail = stamp().slice(-8);
  const customer = await givenCustomer(page, `联系第${stamp()}号有限公司`);
  await signInAs(page, "客户经理", `/customers/${customer.id}`);
  const panel = page.getByRole("region", { name: "联系人" });
  await panel.getByRole("button", { name: "添加联系人" }).click();
  const form = drawer(page, "新建联系人");
  await form.getByLabel("姓名").fill("沈建国");
  await form.getByLabel("手机").fill(`138${tail}`);
  await form.getByRole("button", { name: "保存" }).click();
  await expect(panel.getByText("首要联系人")).toBeVisible();
  await expect(panel.getByRole("link", { name: `138${tail}` })).toHaveAttribute("href", `tel:+86138${tail}`);

  await page.goto("/linkmen");
  await page.getByRole("searchbox").fill(tail.slice(-6));
  const contacts = page.getByRole("grid", { name: "联系人" });
  await expect(contacts.getByRole("row")).toHaveCount(2);
  await expect(contacts.getByText("沈建国")).toBeVisible();
  await expectAccessible(page);
  await contacts.getByRole("row").nth(1).click({ button: "right" });
  await page.getByRole("menuitem", { name: "删除" }).click();
  await expect(page.getByText("没有符合条件的记录")).toBeVisible();
  await page.getByRole("button", { name: "撤销" }).click();
  await expect(contacts.getByText("沈建国")).toBeVisible();
});

test("personal facts of a contact: for who works with them, and erased on request", async ({ page }) => {
  const customer = await givenCustomer(page, `个人第${stamp()}号有限公司`);
  const { call } = await asRole(page, "客户经理");
  const facts = { name: "沈建国", mobile: "13900005678", birthday: "1980-05-17", hobby: "围棋", family: "两个女儿" };
  await call("POST", "/linkmen", { customer_id: customer.id, ...facts });
  const open = (name: string) => page.getByRole("region", { name: "联系人" }).getByRole("button", { name }).first();

  await signInAs(page, "高管", `/customers/${customer.id}`);
  await open("沈建国").click();
  const card = drawer(page, "沈建国");
  await expect(card.getByText("13900005678")).toBeVisible();
  await expect(card.getByText("围棋")).toHaveCount(0);
  await expect(card.getByText("个人信息")).toHaveCount(0);

  await signInAs(page, "客户经理", `/customers/${customer.id}`);
  await open("沈建国").click();
  const form = drawer(page, "编辑联系人");
  await expect(form.getByLabel("爱好")).toHaveValue("围棋");
  await expectAccessible(page);
  await form.getByRole("button", { name: "清除个人信息" }).click();
  const question = drawer(page, "清除沈建国的个人信息？");
  await expect(question.getByText("无法恢复")).toBeVisible();
  await question.getByRole("button", { name: "清除个人信息" }).click();
  await expect(page.getByText("个人信息已清除")).toBeVisible();
  await expect(form.getByLabel("爱好")).toHaveValue("");
  await expect(form.getByLabel("手机")).toHaveValue("13900005678");
  await expect(form.getByRole("button", { name: "清除个人信息" })).toHaveCount(0);

  await form.getByLabel("爱好").fill("钓鱼");
  await form.getByRole("button", { name: "保存" }).click();
  await expect(page.getByText("联系人已保存")).toBeVisible();
  await open("沈建国").click();
  await expect(form.getByLabel("爱好")).toHaveValue("钓鱼");
  await expect(form.getByLabel("家庭")).toHaveValue("");
});

test("a new chance of a customer knows whose it is, and calling it off leads back", async ({ page }) => {
  const name = `机会第${stamp()}号有限公司`;
  const customer = await givenCustomer(page, name, {}, "销售主管");
  await signInAs(page, "销售主管", `/customers/${customer.id}`);
  await page.getByRole("button", { name: "销售机会", exact: true }).click();
  await page.getByRole("main").getByRole("button", { name: "新建销售机会" }).click();
  const form = drawer(page, "新建销售机会");
  await expect(form.getByLabel("机会名称")).toBeFocused();
  await expect(form.getByText(name)).toBeVisible();
  await form.getByRole("button", { name: "取消" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
  await page.getByRole("main").getByRole("button", { name: "新建销售机会" }).click();
  await expect(form.getByText(name)).toBeVisible();
  await form.getByLabel("机会名称").fill(`${name} 一期`);
  await form.getByRole("button", { name: "保存" }).click();
  await expect(page.getByRole("heading", { level: 1, name: `${name} 一期` })).toBeVisible();
  await expect(page.getByRole("link", { name, exact: true }).first()).toBeVisible();
});

test("the recycle bin gives a customer back", async ({ page }) => {
  const name = `回收第${stamp()}号有限公司`;
  const customer = await givenCustomer(page, name, {}, "销售主管");
  const { call } = await asRole(page, "销售主管");
  await call("DELETE", `/customers/${customer.id}`, undefined, 1);
  await signInAs(page, "销售主管", "/recycle-bin");
  const row = page.getByRole("row", { name: new RegExp(name) });
  await expect(row).toBeVisible();
  await expectAccessible(page);
  await row.getByRole("button", { name: "恢复" }).click();
  await expect(row).toBeHidden();
  await page.getByRole("button", { name: "打开" }).click();
  await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
});

test("on a phone the list is cards and the customer page leads to a call @phone-only", async ({ page }) => {
  await signInAs(page, "客户经理", "/customers");
  const cards = page.getByRole("list", { name: "客户信息" });
  await expect(cards.getByRole("listitem").first()).toBeVisible();
  await expectAccessible(page);
  await cards.getByRole("link").first().click();
  await expect(page.getByRole("button", { name: "资料" })).toBeVisible();
  expect(await fits(page)).toBe(true);
  await expectAccessible(page);
});

test("who may only read sees why nothing can be changed", async ({ page }) => {
  await signInAs(page, "高管", "/customers");
  await expect(page.getByRole("button", { name: "新建客户" })).toHaveCount(0);
  await grid(page).getByRole("link").first().click();
  await expect(page.getByRole("note")).toContainText("不能修改");
  await page.goto("/customers/999999999");
  await expect(page.getByRole("heading", { name: "找不到这个页面或记录" })).toBeVisible();
});

test("a new chance from a customer's page knows whom to call", async ({ page }) => {
  const customer = await givenCustomer(page, `首要第${stamp()}号有限公司`, {}, "销售主管");
  const { call } = await asRole(page, "销售主管");
  await call("POST", "/linkmen", {
    customer_id: customer.id,
    name: "许先生",
    mobile: "13900001234",
    is_primary: true,
  });
  await signInAs(page, "销售主管", `/customers/${customer.id}`);
  await expect(page.getByRole("link", { name: "13900001234" })).toBeVisible();

  await page.getByRole("button", { name: "销售机会", exact: true }).click();
  await page.getByRole("main").getByRole("button", { name: "新建销售机会" }).click();
  const chance = drawer(page, "新建销售机会");
  await expect(chance.getByLabel("联系人")).toHaveValue("许先生");
  await expect(chance.getByLabel("电话")).toHaveValue("13900001234");
});

test("edits made faster than the server answers do not conflict with each other", async ({ page }) => {
  const customer = await givenCustomer(page, `连改第${stamp()}号有限公司`, {}, "销售主管");
  await signInAs(page, "销售主管", `/customers/${customer.id}`);
  await page.route(/\/api\/v1\/customers\/\d+$/, async (route) => {
    if (route.request().method() === "PATCH") await new Promise((resolve) => setTimeout(resolve, 600));
    await route.continue();
  });
  const last = page.waitForResponse((answer) => Boolean(answer.request().postData()?.includes("连改")) && answer.ok());
  for (const [label, value] of [
    ["电话", "0512-60000002"],
    ["传真", "0512-60000003"],
    ["简称", "连改"],
  ] as const) {
    await page.getByRole("button", { name: new RegExp(`编辑${label}`) }).click();
    await page.getByRole("textbox", { name: label }).fill(value);
    await page.keyboard.press("Enter");
  }
  await last;
  await page.getByRole("button", { name: "变更历史" }).click();
  await expect(page.getByText("简称：空 → 连改")).toBeVisible();
  await expect(page.getByText("传真：空 → 0512-60000003")).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("a part that a link names stands in the row of tabs, however narrow @phone-only", async ({ page }) => {
  const { id } = await givenCustomer(page, `窄屏第${Date.now().toString(36)}号有限公司`);
  await signInAs(page, "客户经理", `/customers/${id}?tab=history`);
  await expect(page.getByRole("button", { name: "变更历史", exact: true })).toBeInViewport({ ratio: 1 });
});
