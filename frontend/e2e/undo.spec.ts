// Steps that can be taken back for a while, and whom they offer to give the work to.
import { expect, test } from "@playwright/test";
import { asRole, givenCustomer, signInAs } from "./helpers.ts";

interface Chance {
  id: number;
  status: string;
  stage: { id: number };
}
interface Service {
  id: number;
  status: string;
  assignee: { id: number } | null;
}

test("an assignment says how much work there is, takes the only hit on Enter, and can be undone", async ({ page }) => {
  const { call } = await asRole(page, "销售主管");
  const title = `撤销指派${Date.now() % 1_000_000}`;
  const { id } = await call<Chance>("POST", "/chances", { title, customer_name: `${title}公司` });
  await signInAs(page, "销售主管", `/chances/${id}`);
  await page.getByRole("button", { name: "指派" }).click();
  const picker = page.getByRole("dialog").getByRole("combobox");
  await picker.click();
  await expect(page.getByRole("option").first()).toContainText(/客户 \d+ · 机会 \d+ · 服务 \d+/);
  await picker.fill("张明");
  await picker.press("Enter");
  await expect(page.getByRole("dialog").locator(".el-select__placeholder")).toHaveText("张明");
  await picker.press("Control+Enter");
  const told = page.locator(".toast", { hasText: "已指派给 张明" });
  await told.getByRole("button", { name: "撤销" }).click();
  await expect(page.locator(".toast", { hasText: "已撤销" })).toBeVisible();
  await expect(page.getByText("未指派").first()).toBeVisible();
});

test("a move to another stage can be undone", async ({ page }) => {
  const boss = await asRole(page, "销售主管");
  const title = `撤销移动${Date.now() % 1_000_000}`;
  const made = await boss.call<Chance & { version: number }>("POST", "/chances", {
    title,
    customer_name: `${title}公司`,
  });
  await boss.call("POST", `/chances/${made.id}/assign`, { assignee_id: boss.id }, made.version);
  await signInAs(page, "销售主管", `/chances/${made.id}`);
  const steps = page.getByRole("list", { name: "销售阶段" });
  const first = await steps.locator("[aria-current=step] .ellipsis").innerText();
  await steps.getByRole("button").first().click();
  await expect(steps.locator("[aria-current=step]")).not.toContainText(first);
  await page.locator(".toast").getByRole("button", { name: "撤销" }).click();
  await expect(page.locator(".toast", { hasText: "已撤销" })).toBeVisible();
  await expect(steps.locator("[aria-current=step]")).toContainText(first);
});

test("a transfer can be undone", async ({ page }) => {
  const boss = await asRole(page, "销售主管");
  const name = `撤销移交${Date.now() % 1_000_000}有限公司`;
  const { items } = await boss.call<{ items: { id: number; name: string }[] }>(
    "GET",
    "/people?holding=plans:execute&within=customers:transfer&limit=5",
  );
  const [from, to] = items.filter(({ id }) => id !== boss.id);
  const made = await boss.call<{ id: number }>("POST", "/customers", { name, manager_id: from?.id, confirm_new: true });
  await signInAs(page, "销售主管", `/customers/${made.id}`);
  await page.getByRole("button", { name: "移交客户" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox").fill(to?.name ?? "");
  await page
    .getByRole("option", { name: to?.name ?? "" })
    .first()
    .click();
  await dialog.getByRole("textbox").fill("换区");
  await dialog.getByRole("button", { name: "移交" }).click();
  await page.locator(".toast").getByRole("button", { name: "撤销" }).click();
  await expect(page.locator(".toast", { hasText: "已撤销" })).toBeVisible();
  const now = await boss.call<{ manager: { id: number } }>("GET", `/customers/${made.id}`);
  expect(now.manager.id).toBe(from?.id);
});

test("a service's first assignment can be undone", async ({ page }) => {
  const title = `撤销分配${Date.now() % 1_000_000}`;
  const customer = await givenCustomer(page, `${title}公司`);
  const { call } = await asRole(page, "客户经理");
  const { id } = await call<Service>("POST", "/services", {
    customer_id: customer.id,
    type: "inquiry",
    title,
    request: "开机后屏幕不亮",
  });
  await signInAs(page, "销售主管", `/services/${id}`);
  await page.getByRole("button", { name: "分配", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "分配", exact: true });
  await dialog.getByRole("radio").first().check();
  await dialog.getByRole("button", { name: "分配", exact: true }).click();
  await expect(page.getByRole("button", { name: "分配", exact: true })).toHaveCount(0);
  await page.locator(".toast").getByRole("button", { name: "撤销" }).click();
  await expect(page.locator(".toast", { hasText: "已撤销" })).toBeVisible();
  await expect(page.getByRole("button", { name: "分配", exact: true })).toBeVisible();
  const now = await call<Service>("GET", `/services/${id}`);
  expect(now).toMatchObject({ status: "created", assignee: null });
});
