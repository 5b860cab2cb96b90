// 交易: on a customer's page each line goes from the chance over the order to delivery and payment.
import { expect, type Page, test } from "@playwright/test";
import { asRole, expectAccessible, givenCustomer, signInAs } from "./helpers.ts";

interface Made {
  id: number;
  version: number;
  number: string;
}

/** A customer with an order that was confirmed, shipped and paid in part, and a chance that waits. */
async function givenTransactions(page: Page, name: string): Promise<{ customer: number; order: string }> {
  const admin = await asRole(page, "系统管理员");
  const product = await admin.call<Made>("POST", "/products", { name: `${name}的服务` });
  const customer = await givenCustomer(page, name);
  const { call } = await asRole(page, "客户经理");
  const chance = await call<Made>("POST", "/chances", {
    title: `${name}二期`,
    customer_id: customer.id,
    amount: "900.00",
  });
  const lines = [{ product_id: product.id, count: 1, price: "600.00" }];
  const body = { customer_id: customer.id, chance_id: chance.id, contract_no: "HT-2026-7", lines };
  const order = await call<Made>("POST", "/orders", body);
  await call("POST", `/orders/${order.id}/confirm`);
  await call("POST", `/orders/${order.id}/shipments`, {});
  await call("POST", `/orders/${order.id}/payments`, { amount: "100.00" });
  await call("POST", "/chances", { title: `${name}三期`, customer_id: customer.id });
  return { customer: customer.id, order: order.number };
}

test("a manager sees how far each transaction came, and goes on from there @phone", async ({ page }, info) => {
  const name = `交易线客户${info.project.name}`;
  const { customer, order } = await givenTransactions(page, name);
  await signInAs(page, "客户经理", `/customers/${customer}?tab=transactions`);
  const line = (text: string) => page.getByRole("listitem").filter({ hasText: text }).first();
  await expect(line(`${name}三期`)).toContainText("机会跟进中");
  const done = line(`${name}二期`);
  await expect(done).toContainText("待回款");
  await expect(done).toContainText("HT-2026-7");
  await expect(done).toContainText("已发货");
  await expect(done).toContainText("部分回款 · ¥100.00");
  await expect(page.getByText(/orders\.[a-z_]+\./)).toHaveCount(0);
  await expectAccessible(page);
  await done.getByRole("link", { name: order }).click();
  await expect(page).toHaveURL(/\/orders\/\d+$/);
});

test("the same in English", async ({ page }) => {
  const { customer } = await givenTransactions(page, "English customer");
  await signInAs(page, "客户经理", `/customers/${customer}`, "en-US");
  await page.getByRole("button", { name: "Transactions", exact: true }).click();
  const done = page.getByRole("listitem").filter({ hasText: "English customer二期" }).first();
  await expect(done).toContainText("To be paid");
  await expect(done).toContainText("Partly paid");
});
