// What is seen first is what stays: one language, one name, nothing that moves.
import { expect, type Page, test } from "@playwright/test";
import { type Language, signInAs } from "./helpers.ts";

interface Seen {
  texts: string[];
  headings: string[];
  shift: number;
}

/** Notes every text and first heading that the page ever shows, and how much moves. */
async function watching(page: Page): Promise<() => Promise<Seen>> {
  await page.addInitScript(() => {
    const [texts, headings] = [new Set<string>(), new Set<string>()];
    const seen = { shift: 0 };
    const look = () => {
      const app = document.getElementById("app");
      if (!app) return;
      const walk = document.createTreeWalker(app, NodeFilter.SHOW_TEXT);
      while (walk.nextNode()) texts.add(walk.currentNode.textContent?.trim() ?? "");
      const heading = app.querySelector("h1")?.textContent?.trim();
      if (heading) headings.add(heading);
    };
    new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) seen.shift += (entry as unknown as { value: number }).value;
    }).observe({ type: "layout-shift", buffered: true });
    Object.assign(window, { seen: () => ({ texts: [...texts], headings: [...headings], ...seen }) });
  });
  return () => page.evaluate(() => (window as unknown as { seen: () => Seen }).seen());
}

/** The installation as it is, but of this language. */
async function speaking(page: Page, language: Language): Promise<void> {
  await page.route("**/api/v1/auth/state", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: { ...(await answer.json()), language } });
  });
}
const paint = (page: Page) =>
  page.evaluate(() => Math.round(performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0));

for (const [language, word] of [
  ["en-US", "Sign in"],
  ["zh-CN", "登录"],
] as const) {
  test(`the log-in page is in the company's language from its first text: ${language} @phone`, async ({ page }) => {
    const seen = await watching(page);
    await speaking(page, language);
    await page.goto("/login", { waitUntil: "networkidle" });
    await expect(page.getByRole("button", { name: word, exact: true })).toBeVisible();
    const { texts, headings, shift } = await seen();
    process.stdout.write(`/login ${language}: first paint ${await paint(page)} ms, shift ${shift}\n`);
    const other = language === "en-US" ? "登录" : "Sign in";
    expect(texts.filter((text) => text === other || /^(auth|common|shell|menu)\.\w/.test(text))).toEqual([]);
    expect(headings).toHaveLength(1);
    expect(shift).toBeLessThan(0.02);
  });
}

test("the home page of an English reader shows no Chinese menu first", async ({ page }) => {
  const seen = await watching(page);
  await signInAs(page, "客户经理", "/", "en-US");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  const { texts } = await seen();
  process.stdout.write(`/ en-US: first paint ${await paint(page)} ms\n`);
  expect(texts.filter((text) => ["工作台", "客户信息", "新建"].includes(text))).toEqual([]);
});
