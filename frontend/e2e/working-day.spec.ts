// A working day of three people, in Chinese at a desk and in English on a phone: what waits on the home page is done where
// it leads, and what was done is in the records afterwards.
import { expect, type Page, test } from "@playwright/test";
import { asRole, expectAccessible, givenCustomer, type Language, type Role, signInAs } from "./helpers.ts";

const ZH = {
  language: "zh-CN" as Language,
  unassignedChances: "待指派",
  assign: "指派",
  assignee: "负责人",
  unassignedServices: "待分配的服务",
  assignService: "分配",
  least: "最空闲",
  warnings: "流失预警",
  team: "按客户经理查看",
  delay: "暂缓流失",
  confirmLoss: "确定流失",
  measure: "暂缓措施",
  toDo: "今天要做的",
  executeOne: "执行：",
  execute: "执行",
  result: "执行效果",
  myServices: "我负责的服务",
  deal: "服务处理",
  dealt: "做了什么",
  orders: "订单",
  newOrder: "新建订单",
  line: "第 1 行",
  product: "产品",
  count: "件数",
  save: "保存",
  confirm: "确认订单",
  confirmed: "订单已确认",
  ordered: "订单总额",
  overdueServices: "已逾期的服务",
  overdue: "已逾期",
  contribution: "客户贡献分析",
  asOf: /截至 \d{4}-\d{2}-\d{2}/,
};
const EN: typeof ZH = {
  language: "en-US",
  unassignedChances: "Waiting for an assignee",
  assign: "Assign",
  assignee: "Assignee",
  unassignedServices: "Services to assign",
  assignService: "Assign",
  least: "Least loaded",
  warnings: "Churn warnings",
  team: "By account manager",
  delay: "Delay",
  confirmLoss: "Confirm loss",
  measure: "Measure",
  toDo: "To do",
  executeOne: "Execute: ",
  execute: "Execute",
  result: "Result",
  myServices: "My services",
  deal: "Deal",
  dealt: "What was done",
  orders: "Orders",
  newOrder: "New order",
  line: "Line 1",
  product: "Product",
  count: "Count",
  save: "Save",
  confirm: "Confirm",
  confirmed: "This order is confirmed",
  ordered: "Ordered",
  overdueServices: "Overdue services",
  overdue: "Overdue",
  contribution: "Contribution analysis",
  asOf: /as of \d{4}-\d{2}-\d{2}/,
};
type Words = typeof ZH;

const DAY = 86_400_000;
const unique = () => `日常 ${Date.now().toString(36)}${Math.round(Math.random() * 1000)}`;
const dayFromToday = (days: number) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
const panel = (page: Page, name: string) =>
  page.getByRole("main").locator("section", { has: page.getByRole("heading", { name, exact: true }) });
/** A line of 待处理 on the home page: its words and how many. */
const waiting = (page: Page, words: string) =>
  page.getByRole("main").getByRole("link", { name: new RegExp(`^${words}`) });

interface Row {
  id: number;
  version: number;
  status: string;
}
interface Held extends Row {
  title: string;
  assignee: { id: number; name: string } | null;
}
interface Listed<Item> {
  items: Item[];
  total: number;
}

/** Opens a record from a list that holds many, whether its rows are a table or cards. */
async function open(page: Page, title: string): Promise<void> {
  await page.getByRole("main").getByRole("link", { name: title }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
}

async function home(page: Page, role: Role, words: Words): Promise<void> {
  await signInAs(page, role, "/", words.language);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
}

test("a supervisor gives away what waits, and looks at the team @phone", async ({ page, isMobile }) => {
  test.setTimeout(60_000);
  const words = isMobile ? EN : ZH;
  const title = unique();
  const customer = await givenCustomer(page, `${title}有限公司`);
  const manager = await asRole(page, "客户经理");
  const { name } = await manager.call<{ name: string }>("GET", "/me");
  const asked = { title: `${title} 维修`, request: "设备停机", type: "request", customer_id: customer.id };
  const service = await manager.call<Held>("POST", "/services", asked);
  const supervisor = await asRole(page, "销售主管");
  const chance = await supervisor.call<Held>("POST", "/chances", { title, customer_name: `${title}有限公司` });

  await home(page, "销售主管", words);
  await expect(panel(page, words.unassignedChances)).toContainText(title);
  await expect(waiting(page, words.unassignedServices)).toContainText(/\d/);
  await expectAccessible(page);
  await panel(page, words.unassignedChances).getByRole("link", { name: title }).click();
  await page.getByRole("button", { name: words.assign, exact: true }).click();
  const dialog = page.getByRole("dialog", { name: words.assign, exact: true });
  await dialog.getByRole("combobox").fill(name);
  await page.getByRole("option", { name }).click();
  await dialog.getByRole("button", { name: words.assign, exact: true }).click();
  await expect(dialog).toBeHidden();
  await expectAccessible(page);

  await page.goto("/");
  await waiting(page, words.unassignedServices).click();
  await expect(page).toHaveURL(/tab=unassigned/);
  await expectAccessible(page);
  await open(page, service.title);
  await page.getByRole("button", { name: words.assignService, exact: true }).click();
  const giving = page.getByRole("dialog", { name: words.assignService, exact: true });
  const least = giving.getByRole("listitem").filter({ hasText: words.least });
  const idle = (await least.locator("strong").innerText()).trim();
  await least.getByRole("radio").check();
  await giving.getByRole("button", { name: words.assignService, exact: true }).click();
  await expect(giving).toBeHidden();
  await expectAccessible(page);

  await page.goto("/losses");
  await page.getByText(words.team).click();
  const team = page.getByRole("region", { name: words.team });
  await expect(team.getByRole("row").nth(1)).toBeVisible();
  await expectAccessible(page);
  const shown = (await team.getByRole("row").count()) - 1;
  await page
    .getByRole("main")
    .getByRole("link", { name: /有限公司/ })
    .first()
    .click();
  await expect(page.getByRole("note")).toBeVisible();
  await expect(page.getByRole("button", { name: new RegExp(`^(${words.delay}|${words.confirmLoss})$`) })).toHaveCount(
    0,
  );

  const given = await supervisor.call<Held>("GET", `/chances/${chance.id}`);
  expect([given.status, given.assignee?.name]).toEqual(["assigned", name]);
  const got = await supervisor.call<Held>("GET", `/services/${service.id}`);
  expect([got.status, got.assignee?.name]).toEqual(["assigned", idle]);
  const { rows } = await supervisor.call<{ rows: unknown[] }>("GET", "/losses/summary");
  expect(shown).toBe(rows.length);
});

/** What waits for the manager: an item of the plan, a service, and a customer that has not ordered for 300 days. */
async function givenWork(page: Page, title: string) {
  const customer = await givenCustomer(page, `${title}有限公司`);
  const manager = await asRole(page, "客户经理");
  const supervisor = await asRole(page, "销售主管");
  const admin = await asRole(page, "系统管理员");
  const chance = await supervisor.call<Row>("POST", "/chances", { title, customer_id: customer.id });
  await supervisor.call("POST", `/chances/${chance.id}/assign`, { assignee_id: manager.id }, chance.version);
  const item = { date: dayFromToday(-60), kind: "phone", todo: `${title} 回访` };
  const plan = await supervisor.call<Row>("POST", `/chances/${chance.id}/plans`, item);
  const asked = { title: `${title} 维修`, request: "设备停机", type: "request", customer_id: customer.id };
  const service = await manager.call<Held>("POST", "/services", asked);
  await supervisor.call("POST", `/services/${service.id}/assign`, { assignee_id: manager.id }, service.version);

  const silent = await givenCustomer(page, `${title}停购有限公司`);
  const products = await manager.call<Listed<{ id: number }>>("GET", `/products?q=${encodeURIComponent("年度维保")}`);
  const lines = [{ product_id: products.items[0]?.id, count: 1 }];
  const old = { customer_id: silent.id, date: dayFromToday(-300), lines };
  const order = await manager.call<Row>("POST", "/orders", old);
  await manager.call("POST", `/orders/${order.id}/confirm`, undefined, order.version);
  await admin.call("POST", "/losses/detect");
  const found = () => manager.call<Listed<Row>>("GET", `/losses?customer_id=${silent.id}`);
  await expect.poll(async () => (await found()).total, { timeout: 20_000 }).toBe(1);
  return { manager, customer, silent, plan, service, loss: (await found()).items[0]?.id ?? 0 };
}

test("a manager works through the day: plan, service, order, churn @phone", async ({ page, isMobile }) => {
  test.setTimeout(60_000);
  const words = isMobile ? EN : ZH;
  const title = unique();
  const { manager, customer, silent, plan, service, loss } = await givenWork(page, title);

  await home(page, "客户经理", words);
  const item = page.locator("li.plan", { hasText: `${title} 回访` });
  await item.getByRole("button", { name: words.executeOne }).click();
  await item.getByRole("textbox", { name: words.result }).fill(`${title}：客户要报价`);
  await expectAccessible(page);
  await item.getByRole("button", { name: words.execute, exact: true }).click();
  await expect(item).toHaveCount(0);

  await waiting(page, words.myServices).click();
  await expect(page).toHaveURL(/\/services\?tab=mine/);
  await open(page, service.title);
  await page.getByRole("button", { name: words.deal, exact: true }).click();
  const dealing = page.getByRole("dialog", { name: words.deal, exact: true });
  await dealing.getByLabel(words.dealt).fill("更换电源");
  await dealing.getByRole("button", { name: words.deal, exact: true }).click();
  await expect(dealing).toBeHidden();
  await expectAccessible(page);

  await page.getByRole("main").getByRole("link", { name: customer.name }).first().click();
  await page.getByRole("button", { name: words.orders, exact: true }).click();
  await page.getByRole("button", { name: words.newOrder }).click();
  const form = page.getByRole("dialog", { name: words.newOrder });
  const line = form.getByRole("group", { name: words.line });
  await line.getByLabel(words.product).fill("年度维保");
  await page.getByRole("option", { name: "年度维保" }).click();
  await line.getByLabel(words.count, { exact: true }).fill("2");
  await form.getByRole("button", { name: words.save }).click();
  await expect(page).toHaveURL(/\/orders\/\d+$/);
  await page.getByRole("main").getByRole("button", { name: words.confirm, exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: words.confirm, exact: true }).click();
  await expect(page.getByRole("note")).toContainText(words.confirmed);
  await expectAccessible(page);

  await page.goto("/");
  await waiting(page, words.warnings).click();
  await expect(page).toHaveURL(/\/losses\?tab=warning/);
  await open(page, silent.name);
  await page.getByRole("button", { name: words.delay, exact: true }).click();
  const delaying = page.getByRole("dialog", { name: words.delay, exact: true });
  await delaying.getByLabel(words.measure).fill("上门拜访，了解为何停购");
  await delaying.getByRole("button", { name: words.delay, exact: true }).click();
  await expect(delaying).toBeHidden();
  await expectAccessible(page);

  const done = await manager.call<Row & { result: string }>("GET", `/plans/${plan.id}`);
  expect([done.status, done.result]).toEqual(["done", `${title}：客户要报价`]);
  const { items: activities } = await manager.call<Listed<{ desc: string | null }>>(
    "GET",
    `/activities?customer_id=${customer.id}`,
  );
  expect(JSON.stringify(activities)).toContain(`${title}：客户要报价`);
  const dealt = await manager.call<Row & { rounds: { deal: string }[] }>("GET", `/services/${service.id}`);
  expect([dealt.status, dealt.rounds.map((round) => round.deal)]).toEqual(["dealt", ["更换电源"]]);
  const orders = await manager.call<Listed<Row & { owner: { id: number } }>>(
    "GET",
    `/orders?customer_id=${customer.id}`,
  );
  expect(orders.items.map((one) => [one.status, one.owner.id])).toEqual([["confirmed", manager.id]]);
  const delayed = await manager.call<Row & { measures: { text: string }[] }>("GET", `/losses/${loss}`);
  expect([delayed.status, delayed.measures[0]?.text]).toEqual(["delayed", "上门拜访，了解为何停购"]);
});

/** One record of each kind that an executive reads. */
async function readable(call: <Answer>(method: string, path: string) => Promise<Answer>): Promise<string[]> {
  const nouns = ["chances", "customers", "services", "orders", "losses"];
  const firsts = nouns.map(async (noun) => {
    const { items } = await call<Listed<Row>>("GET", `/${noun}?limit=1`);
    return `/${noun}/${items[0]?.id}`;
  });
  return Promise.all(firsts);
}
const CHANGING =
  /^(Log activity|New|Edit|Delete|Assign|Deal|Confirm|Complete|Delay|记跟进|新建|编辑|删除|指派|分配|确认|完成|暂缓|撤销|移交|作废)/;

test("an executive decides by figures and changes nothing @phone", async ({ page, isMobile }) => {
  test.setTimeout(60_000);
  const words = isMobile ? EN : ZH;
  const executive = await asRole(page, "高管");
  const records = await readable(executive.call);
  const versions = () =>
    Promise.all(records.map((path) => executive.call<Row>("GET", path).then((row) => row.version)));
  const before = await versions();
  const overdue = await executive.call<Listed<Row>>("GET", "/services?queue=overdue&limit=1");
  const nothingToChange = async () => {
    await expect(page.getByRole("main").getByRole("button", { name: CHANGING })).toHaveCount(0);
  };

  await home(page, "高管", words);
  await expect(waiting(page, words.overdueServices)).toContainText(String(overdue.total));
  await nothingToChange();
  await expectAccessible(page);
  await waiting(page, words.overdueServices).click();
  await expect(page.getByRole("button", { name: new RegExp(`^${words.overdue}`) })).toContainText(
    String(overdue.total),
  );
  await page.goto("/");
  await page.getByRole("link", { name: words.ordered }).click();
  await expect(page.getByRole("heading", { level: 1, name: words.contribution })).toBeVisible();
  await expect(page.getByText(words.asOf)).toBeVisible();
  await expect(page.getByRole("table").first().getByRole("row").nth(1)).toBeVisible();
  await nothingToChange();
  await expectAccessible(page);
  for (const path of records) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await nothingToChange();
    await expect(page.getByRole("main").getByRole("textbox")).toHaveCount(0);
    await expectAccessible(page);
  }
  expect(await versions()).toEqual(before);
});
