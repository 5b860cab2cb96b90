// The administrator deletes for good what lies in the recycle bin.
import { expect, test } from "@playwright/test";
import { asRole, expectAccessible, givenCustomer, signInAs } from "./helpers.ts";

test("a customer is purged once its number is typed", async ({ page }) => {
  const name = `清除${Date.now().toString(36)}有限公司`;
  const { id } = await givenCustomer(page, name);
  const supervisor = await asRole(page, "销售主管");
  const { number } = await supervisor.call<{ number: string }>("GET", `/customers/${id}`);
  await supervisor.call("DELETE", `/customers/${id}`, undefined, 1);

  await signInAs(page, "系统管理员", `/recycle-bin?q=${encodeURIComponent(name)}`);
  await page.getByRole("button", { name: "彻底删除" }).click();
  const dialog = page.getByRole("dialog", { name: "彻底删除，不能恢复" });
  await expect(dialog.getByRole("textbox")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("textbox").fill(name);
  await dialog.getByRole("button", { name: "彻底删除" }).click();
  await expect(dialog.getByText("与编号或名称不一致")).toBeVisible();
  await dialog.getByRole("textbox").fill(number);
  await dialog.getByRole("button", { name: "彻底删除" }).click();
  await expect(page.getByText(`“${name}”已彻底删除`)).toBeVisible();
  await expect(page.getByRole("button", { name: "彻底删除" })).toHaveCount(0);
});
