// A contact goes to another company, or works for two: both customers show the way.
import { expect, type Page, test } from "@playwright/test";
import { asRole, expectAccessible, givenCustomer, signInAs } from "./helpers.ts";

const stamp = () => `${Date.now()}${Math.floor(Math.random() * 1000)}`;
const panel = (page: Page) => page.getByRole("region", { name: "联系人", exact: true });

async function move(page: Page, person: string, customer: string): Promise<void> {
  await panel(page)
    .getByRole("button", { name: `${person}：更多操作` })
    .click();
  await page.getByRole("menuitem", { name: "调往其他公司" }).click();
  const dialog = page.getByRole("dialog", { name: "调往其他公司" });
  await dialog.getByRole("button", { name: "调往" }).click();
  await expect(dialog.getByText("请选择客户")).toBeVisible();
  await dialog.getByLabel("调往的客户").fill(customer);
  await page.getByRole("option", { name: customer }).click();
}

test("a contact moves to another company, and what was said stays readable", async ({ page }) => {
  const [one, two] = [`调出第${stamp()}号有限公司`, `调入第${stamp()}号有限公司`];
  const [old, other] = [await givenCustomer(page, one), await givenCustomer(page, two)];
  const { call } = await asRole(page, "客户经理");
  const contact = await call<{ id: number }>("POST", "/linkmen", {
    customer_id: old.id,
    name: "沈建国",
    mobile: "13800001234",
  });
  await call("POST", "/activities", { customer_id: old.id, linkman_id: contact.id, kind: "phone", title: "谈过续约" });

  await signInAs(page, "客户经理", `/customers/${old.id}`);
  await move(page, "沈建国", two);
  const dialog = page.getByRole("dialog", { name: "调往其他公司" });
  await dialog.getByLabel("新职位").fill("采购总监");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "调往" }).click();
  await expect(panel(page).getByText("已离职")).toBeVisible();
  await expect(panel(page).getByText(`现在 ${two} · 采购总监`)).toBeVisible();
  await expectAccessible(page);

  await panel(page).getByRole("link", { name: two }).click();
  await expect(page).toHaveURL(new RegExp(`/customers/${other.id}$`));
  await expect(panel(page).getByText(`曾任职于 ${one}`)).toBeVisible();
  await expect(panel(page).getByRole("link", { name: "13800001234" })).toBeVisible();
  await panel(page).getByRole("button", { name: "沈建国", exact: true }).click();
  const form = page.getByRole("dialog", { name: "编辑联系人" });
  await expect(form.getByText("其他任职期间的交往记录")).toBeVisible();
  await expect(form.getByText("谈过续约")).toBeVisible();
  await expectAccessible(page);
});

test("a contact of two customers is active at both", async ({ page }) => {
  const [one, two] = [`任职第${stamp()}号有限公司`, `兼职第${stamp()}号有限公司`];
  const [old, other] = [await givenCustomer(page, one), await givenCustomer(page, two)];
  const { call } = await asRole(page, "客户经理");
  await call("POST", "/linkmen", { customer_id: old.id, name: "沈建国" });

  await signInAs(page, "客户经理", `/customers/${old.id}`);
  await move(page, "沈建国", two);
  const dialog = page.getByRole("dialog", { name: "调往其他公司" });
  await dialog.getByText("同时保留现在的任职").click();
  await expect(dialog.getByLabel("离职日期")).toHaveCount(0);
  await dialog.getByRole("button", { name: "调往" }).click();
  await expect(panel(page).getByText(`同时任职于 ${two}`)).toBeVisible();
  await expect(panel(page).getByText("已离职")).toHaveCount(0);
  await page.goto(`/customers/${other.id}`);
  await expect(panel(page).getByText(`同时任职于 ${one}`)).toBeVisible();
});
