// People who travel: whatever zone the browser stands in, what they record and read is the company's day and clock.
import { expect, type Locator, type Page, test } from "@playwright/test";
import { asRole, givenCustomer, signInAs } from "./helpers.ts";

const unique = () => `远方 ${Date.now().toString(36)}${Math.round(Math.random() * 1000)}`;
const COMPANY = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Shanghai" });
const dayFromToday = (days: number) => COMPANY.format(new Date(Date.now() + days * 86_400_000));
const millis = (at: string | null | undefined) => (at ? new Date(at).getTime() : null);
/** The instant of what the company's clock shows. */
const shanghai = (day: string, clock: string) => millis(`${day}T${clock}:00+08:00`);

interface Row {
  id: number;
  version: number;
}
interface Order extends Row {
  shipments: { date: string }[];
  payments: { date: string }[];
}
type Caller = Awaited<ReturnType<typeof asRole>>["call"];

async function givenOrder(call: Caller, customer: number): Promise<Row> {
  const found = await call<{ items: Row[] }>("GET", `/products?q=${encodeURIComponent("年度维保")}`);
  const lines = [{ product_id: found.items[0]?.id, count: 2, price: "100.00" }];
  const order = await call<Row>("POST", "/orders", { customer_id: customer, date: dayFromToday(-1), lines });
  return call<Row>("POST", `/orders/${order.id}/confirm`);
}

async function givenComplaint(page: Page, customer: number, title: string): Promise<Row> {
  const supervisor = await asRole(page, "销售主管");
  const manager = await asRole(page, "客户经理");
  const asked = { title, request: "异响", type: "complaint", severity: "mid", customer_id: customer };
  const made = await manager.call<Row>("POST", "/services", asked);
  const path = `/services/${made.id}`;
  const given = await supervisor.call<Row>("POST", `${path}/assign`, { assignee_id: manager.id }, made.version);
  return manager.call<Row>("POST", `${path}/deal`, { deal: "已换轴承" }, given.version);
}

async function givenChance(page: Page, customer: number, title: string): Promise<Row> {
  const manager = await asRole(page, "客户经理");
  const { call } = await asRole(page, "销售主管");
  const made = await call<Row>("POST", "/chances", { title, customer_id: customer, amount: "5000.00" });
  return call<Row>("POST", `/chances/${made.id}/assign`, { assignee_id: manager.id }, made.version);
}

/** Types into a picker as people do, and leaves it. */
async function type(field: Locator, text: string): Promise<void> {
  await field.click();
  await field.fill(text);
  await field.press("Enter");
  await expect(field).toHaveValue(text);
}

/** Takes the marked today of the calendar that a field opens. */
async function pickToday(page: Page, field: Locator): Promise<void> {
  await expect(field).toHaveValue(dayFromToday(0));
  await type(field, dayFromToday(-1));
  await field.click();
  const calendar = page.locator(".el-picker-panel:visible");
  // It opens at yesterday's month.
  if (dayFromToday(0).endsWith("-01")) await calendar.getByRole("button", { name: "下个月" }).click();
  await calendar.locator("td.today:not(.disabled)").click();
  await expect(field).toHaveValue(dayFromToday(0));
}

const dialogOf = (page: Page, name: string) => page.getByRole("dialog", { name, exact: true });
async function send(dialog: Locator, name: string): Promise<void> {
  await dialog.getByRole("button", { name, exact: true }).click();
  await expect(dialog).toBeHidden();
}

for (const timezoneId of ["Pacific/Auckland", "America/Los_Angeles"])
  test.describe(`in ${timezoneId}`, () => {
    test.use({ timezoneId });

    test("goods, money and a success are of the company's day", async ({ page }) => {
      test.setTimeout(60_000);
      const title = unique();
      const customer = await givenCustomer(page, `${title}有限公司`);
      const { call } = await asRole(page, "客户经理");
      const order = await givenOrder(call, customer.id);
      const chance = await givenChance(page, customer.id, title);
      await signInAs(page, "客户经理", `/orders/${order.id}`);

      await page.getByRole("main").getByRole("button", { name: "发货", exact: true }).first().click();
      const shipping = dialogOf(page, "发货");
      await pickToday(page, shipping.getByLabel("发货日期"));
      await send(shipping, "发货");
      await page.getByRole("main").getByRole("button", { name: "登记回款" }).first().click();
      const paying = dialogOf(page, "登记回款");
      await paying.getByLabel("回款金额").fill("100");
      await pickToday(page, paying.getByLabel("回款日期"));
      await send(paying, "保存");
      const read = await call<Order>("GET", `/orders/${order.id}`);
      expect([read.shipments[0]?.date, read.payments[0]?.date]).toEqual([dayFromToday(0), dayFromToday(0)]);

      await page.goto(`/chances/${chance.id}`);
      await page.getByRole("button", { name: "开发成功" }).click();
      const winning = dialogOf(page, "开发成功");
      await pickToday(page, winning.getByLabel("成交日期"));
      await send(winning, "开发成功");
      expect(await call("GET", `/chances/${chance.id}`)).toMatchObject({ closed_on: dayFromToday(0) });
    });

    test("moments are of the company's clock, as they were typed", async ({ page }) => {
      test.setTimeout(60_000);
      const title = unique();
      const customer = await givenCustomer(page, `${title}有限公司`);
      const { call } = await asRole(page, "客户经理");
      const complaint = await givenComplaint(page, customer.id, title);
      await signInAs(page, "客户经理", `/customers/${customer.id}`);
      const [yesterday, later] = [dayFromToday(-1), dayFromToday(9)];

      await page.getByRole("button", { name: "记跟进" }).first().click();
      const logging = dialogOf(page, "记跟进");
      await logging.getByLabel("主题").fill(title);
      await type(logging.getByLabel("时间（默认现在）"), `${yesterday} 00:30`);
      await type(logging.getByLabel("下一步时间"), `${later} 23:40`);
      await send(logging, "保存");
      interface Entry {
        at: string;
        next_at: string;
        title: string;
      }
      const entries = await call<{ items: Entry[] }>("GET", `/activities?customer_id=${customer.id}`);
      const entry = entries.items.find((one) => one.title === title);
      expect([millis(entry?.at), millis(entry?.next_at)]).toEqual([
        shanghai(yesterday, "00:30"),
        shanghai(later, "23:40"),
      ]);

      await page.goto(`/services/${complaint.id}`);
      await page.getByRole("button", { name: "编辑" }).first().click();
      const editing = dialogOf(page, "编辑服务");
      await type(editing.getByLabel("处理时限"), `${later} 00:15`);
      await send(editing, "保存");
      await page.getByRole("button", { name: "登记回访" }).click();
      const visiting = dialogOf(page, "登记回访");
      await visiting.getByLabel("回访时间").click();
      await page.locator(".el-picker-panel:visible").getByRole("button", { name: "此刻" }).click();
      const shown = await visiting.getByLabel("回访时间").inputValue();
      expect(shown.slice(0, 10)).toBe(dayFromToday(0));
      await visiting.getByLabel("回访情况").fill("已恢复");
      await send(visiting, "登记回访");
      interface Service {
        deadline: string;
        visit_at: string;
      }
      const read = await call<Service>("GET", `/services/${complaint.id}`);
      expect(millis(read.deadline)).toBe(shanghai(later, "00:15"));
      expect(Math.abs((millis(read.visit_at) ?? 0) - Date.now())).toBeLessThan(60_000);
      await expect(page.getByRole("main")).toContainText(shown);
    });
  });
