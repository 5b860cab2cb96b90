// What every spec needs: be somebody, and prove that a page is accessible once it really shows something.
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

export type Role = "销售主管" | "客户经理" | "高管" | "系统管理员";

/** Signs in on the demo log-in page as the first person of a role, or as the one named. */
export async function signInAs(page: Page, role: Role, name?: string): Promise<void> {
  await page.goto("/login");
  const group = page.locator(".group", { has: page.getByRole("heading", { name: role }) });
  const person = name ? group.getByRole("button", { name }) : group.getByRole("button").first();
  await person.click();
  await expect(page.getByRole("navigation", { name: "主菜单" })).toBeVisible();
}

export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join("; ")}`)).toEqual(
    [],
  );
}
