// Many people in one form: faults at their cells, one sending, a link for each.
import { expect, type Route, test } from "@playwright/test";
import { expectAccessible, fits, signInAs } from "./helpers.ts";

const paste = (text: string) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  document.activeElement?.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
  );
};

test("ten people are pasted, mended at their cells, invited at once and get a link each @phone", async ({ page }) => {
  const login = `inv${Date.now()}`;
  // Pasted before the roles are here that the sheet names.
  const roles = { held: [] as Route[], late: true };
  await page.route("**/api/v1/roles", async (route) => {
    if (roles.late) roles.held.push(route);
    else await route.continue();
  });
  await signInAs(page, "系统管理员", "/organisation/invite");
  const names = page.getByLabel("姓名");
  await expect(names.first()).toBeEditable();
  await names.first().focus();
  const rows = Array.from(
    { length: 10 },
    (_, n) => `新人${n}\t${login}${n === 9 ? 8 : n}@example.com\t客户经理${n ? "" : "\t没有的部门"}`,
  );
  await page.evaluate(paste, rows.join("\n"));
  roles.late = false;
  for (const route of roles.held) await route.continue();
  await expect(names).toHaveCount(10);
  await expect(page.getByText("系统中没有“没有的部门”，请选择。")).toBeVisible();
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("与另一行重复")).toHaveCount(2);
  await page.getByLabel("登录名或邮箱").last().fill(`${login}9@example.com`);
  await expect(page.getByText("与另一行重复")).toHaveCount(0);
  await expectAccessible(page);
  expect(await fits(page)).toBe(true);

  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("heading", { name: "已邀请 10 人" })).toBeVisible();
  const links = page.getByRole("textbox", { name: /一次性登录链接/ });
  await expect(links).toHaveCount(10);
  await expect(links.last()).toHaveValue(/\/link#token=/);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "下载 CSV" }).click();
  expect((await download).suggestedFilename()).toBe("kith-links.csv");
  await expectAccessible(page);
  expect(await fits(page)).toBe(true);
});
