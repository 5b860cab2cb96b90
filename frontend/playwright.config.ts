// Drives the built SPA on the real server: BASE_URL says where it stands (`crm up` with demo data). Several addresses, with
// spaces between them, are driven at once, each by a browser of its own: what a test changes for all, no other test meets.
import { defineConfig } from "@playwright/test";
import { browserPath, FLAGS } from "./e2e/browser.ts";

const addresses = (process.env.BASE_URL ?? "http://127.0.0.1:8700").split(" ");

export default defineConfig({
  testDir: "e2e",
  timeout: 60_000,
  /** Two browsers share two cores with two servers: a page that comes late is slow, not wrong. */
  expect: { timeout: 15_000 },
  workers: addresses.length,
  fullyParallel: true,
  retries: 0,
  forbidOnly: true,
  reporter: [["list"], ["json", { outputFile: "test-results/report.json" }]],
  use: {
    baseURL: addresses[Number(process.env.TEST_PARALLEL_INDEX ?? 0)],
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    contextOptions: { reducedMotion: "reduce" },
    // A trace of every test costs a third of the whole run: `npm run e2e -- --trace on …` records the one that failed.
    screenshot: "only-on-failure",
    launchOptions: { executablePath: await browserPath(), args: FLAGS },
  },
  projects: [
    { name: "desktop", use: { viewport: { width: 1440, height: 900 } }, grepInvert: /@phone-only/ },
    { name: "phone", use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }, grep: /@phone/ },
  ],
});
