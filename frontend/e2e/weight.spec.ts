// What a browser receives and holds: bytes as they came over the wire, requests for scripts.
import { expect, type Page, test } from "@playwright/test";
import { type Language, type Role, signInAs } from "./helpers.ts";

/**
 * What a page may cost whoever opens Kith for the first time, in bytes with their headers. A noun brings some hundred bytes: its place in
 * the menu, and its English words, which are one file for all.
 */
const BUDGETS = [
  { at: "/login", scripts: 10, script: 151_000, all: 170_000 },
  { role: "销售主管", at: "/", scripts: 13, script: 171_500, all: 245_000 },
  { role: "高管", at: "/", scripts: 13, script: 170_000, all: 245_000 },
  { role: "销售主管", at: "/", language: "en-US", scripts: 13, script: 198_000, all: 270_000 },
  { role: "销售主管", at: "/customers", scripts: 11, script: 155_000, all: 190_000 },
] satisfies { role?: Role; at: string; language?: Language; scripts: number; script: number; all: number }[];

interface Received {
  scripts: number;
  script: number;
  all: number;
}

/** Counts from now on. */
async function counting(page: Page): Promise<() => Received> {
  const client = await page.context().newCDPSession(page);
  const scripts = new Set<string>();
  const seen: Received = { scripts: 0, script: 0, all: 0 };
  client.on("Network.requestWillBeSent", ({ requestId, type }) => {
    if (type === "Script") scripts.add(requestId);
  });
  client.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    seen.all += encodedDataLength;
    if (scripts.has(requestId)) seen.script += encodedDataLength;
  });
  await client.send("Network.enable");
  await client.send("Network.setCacheDisabled", { cacheDisabled: true });
  return () => ({ ...seen, scripts: scripts.size });
}

for (const { role, at, language = "zh-CN", ...most } of BUDGETS) {
  test(`${at} comes in few requests and few bytes: ${role ?? "nobody"}, ${language}`, async ({
    page,
    browser,
    baseURL,
  }) => {
    if (role) await signInAs(page, role, "/", language);
    const state = await page.context().storageState();
    const cold = await (await browser.newContext({ baseURL, storageState: state })).newPage();
    await cold.addInitScript((kept) => localStorage.setItem("kith.language", kept), language);
    const received = await counting(cold);
    await cold.goto(at, { waitUntil: "networkidle" });
    await expect(cold.getByRole("heading", { level: 1 })).toBeVisible();
    const figures = received();
    test.info().annotations.push({ type: "figures", description: JSON.stringify(figures) });
    process.stdout.write(`${role ?? "nobody"} ${at} ${language}: ${JSON.stringify(figures)}\n`);
    for (const [name, limit] of Object.entries(most))
      expect.soft(figures[name as keyof Received], name).toBeLessThanOrEqual(limit);
    await cold.context().close();
  });
}
