// What every spec needs: be somebody, and prove that a page is accessible once it really shows something.
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Locator, type Page } from "@playwright/test";

export type Language = "zh-CN" | "en-US";
export type Role = "销售主管" | "客户经理" | "高管" | "系统管理员";

const CODES: Record<Role, string> = {
  销售主管: "supervisor",
  客户经理: "manager",
  高管: "executive",
  系统管理员: "admin",
};

interface Person {
  id: number;
  role: string;
}

/** The server closes a connection that nobody used for five seconds, now and then as the next request is on its way. */
const AGAIN = { maxRetries: 2 };

/** Opens a choice of the kit, whose face lies over its box. A dialog that is still coming takes the focus, and closes what was opened too early. */
export async function openPicker(box: Locator): Promise<void> {
  await expect(async () => {
    if ((await box.getAttribute("aria-expanded")) !== "true") await box.click({ force: true });
    await expect(box).toHaveAttribute("aria-expanded", "true", { timeout: 1000 });
  }).toPass();
}

/** Picks from a choice of the kit as a person does. */
export async function choose(page: Page | Locator, label: string, option: string): Promise<void> {
  await openPicker(page.getByRole("combobox", { name: label }).first());
  const root = "mouse" in page ? page : page.page();
  await root.getByRole("option", { name: option, exact: true }).click();
}

/** Who signs in: the first person of a role, or the one of this id. */
type Who = Role | number;

/** Signs this browser in. */
async function grant(page: Page, who: Who): Promise<{ id: number; token: string }> {
  const { people } = (await (await page.request.get("/api/v1/auth/state", AGAIN)).json()) as { people: Person[] };
  const id = typeof who === "number" ? who : (people.find((one) => one.role === CODES[who])?.id ?? 0);
  const answer = await page.request.post("/api/v1/auth/demo", { data: { user_id: id }, ...AGAIN });
  expect(answer.ok()).toBe(true);
  return { id, token: ((await answer.json()) as { access_token: string }).access_token };
}

/** A call to the API as somebody; to be made before the browser signs in as somebody else. */
export async function asRole(page: Page, who: Who) {
  const { id, token } = await grant(page, who);
  async function call<Answer>(method: string, path: string, data?: object, version?: number): Promise<Answer> {
    const headers = { Authorization: `Bearer ${token}`, ...(version ? { "If-Match": `"${version}"` } : {}) };
    const answer = await page.request.fetch(`/api/v1${path}`, { method, ...(data ? { data } : {}), headers, ...AGAIN });
    expect(answer.ok(), await answer.text()).toBe(true);
    return (answer.status() === 204 ? null : await answer.json()) as Answer;
  }
  return { id, call };
}

/** An assigned chance of the first manager with a plan item that was due yesterday; its text is the item's. */
export async function givenOverdueItem(page: Page, todo: string): Promise<void> {
  const manager = await asRole(page, "客户经理");
  const { call } = await asRole(page, "销售主管");
  const chance = await call<{ id: number }>("POST", "/chances", { title: todo, customer_name: `${todo}有限公司` });
  await call("POST", `/chances/${chance.id}/assign`, { assignee_id: manager.id });
  const yesterday = new Date(Date.now() - 36 * 3_600_000).toISOString().slice(0, 10);
  await call("POST", `/chances/${chance.id}/plans`, { date: yesterday, kind: "phone", todo });
}

/** A customer of the first person of a role. */
export async function givenCustomer(
  page: Page,
  name: string,
  facts: object = {},
  role: Role = "客户经理",
): Promise<{ id: number; name: string }> {
  const { call } = await asRole(page, role);
  return call("POST", "/customers", { name, confirm_new: true, ...facts });
}

/** Whether nothing has to be scrolled sideways for. */
export const fits = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

/** Becomes somebody and opens a page; the log-in page itself has a spec of its own. */
export async function signInAs(page: Page, who: Who, at = "/", language: Language = "zh-CN"): Promise<void> {
  await grant(page, who);
  await page.addInitScript(() => localStorage.setItem("kith.signed-in", "1"));
  if (language === "en-US") await page.addInitScript(() => localStorage.setItem("kith.language", "en-US"));
  await page.goto(at);
  const menu = language === "en-US" ? "Main menu" : "主菜单";
  await expect(page.getByRole("navigation", { name: menu })).toBeVisible();
}

/** The same as a visitor of the demo company does it. */
export async function signInByClick(page: Page, role: Role): Promise<void> {
  await page.goto("/login");
  const group = page.locator(".group", { has: page.getByRole("heading", { name: role }) });
  await group.getByRole("button").first().click();
  await expect(page.getByRole("navigation", { name: "主菜单" })).toBeVisible();
}

/** Half faded in, or dimmed while a list is read anew, every text has too little contrast: what is judged is what stays. */
export async function settled(page: Page): Promise<void> {
  await expect(page.locator("[role=grid][aria-busy=true], [data-refreshing]")).toHaveCount(0);
  await page.evaluate(async () => {
    for (;;) {
      // What has just come begins to move in the next frame but one.
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      const all = document.getAnimations();
      const ending = all.filter((one) => one.effect?.getComputedTiming().iterations !== Infinity);
      if (!ending.length) return;
      await Promise.all(ending.map((one) => one.finished.catch(() => undefined)));
    }
  });
}

/** What axe finds wrong, each with what it measured. */
async function faults(page: Page): Promise<string[]> {
  // Legacy mode leaves out frames of other origins, of which there are none, and spares a second page for each look.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .options({ resultTypes: ["violations"] }) // what is in order need not be described: that takes half the time
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary ?? ""}`),
  );
}

/** Notes from now on whether something moves or is read anew; what it returns tells whether it did. */
async function watched(page: Page): Promise<() => Promise<boolean>> {
  const watch = await page.evaluateHandle(() => {
    const seen = { moved: false };
    const note = () => void (seen.moved = true);
    for (const one of ["transitionrun", "animationstart"]) document.addEventListener(one, note, true);
    const attributeFilter = ["aria-busy", "data-refreshing"];
    new MutationObserver(note).observe(document.body, { subtree: true, attributeFilter });
    return seen;
  });
  return () => watch.evaluate(({ moved }) => moved);
}

/** A list that is read anew while axe looks is dimmed: such a look tells nothing, and is taken again once the page rests. */
export async function expectAccessible(page: Page): Promise<void> {
  for (let looks = 1; ; looks++) {
    await settled(page);
    const moved = await watched(page);
    const found = await faults(page);
    if (!found.length) return;
    if (looks === 3 || !(await moved())) return expect(found).toEqual([]);
  }
}
