// Drives the built SPA on the real server: BASE_URL says where it stands (`crm up` with demo data).
import { defineConfig } from "@playwright/test";
import { browserPath, FLAGS } from "./e2e/browser.ts";

export default defineConfig({
  testDir: "e2e",
  timeout: 30_000,
  workers: 1,
  retries: 0,
  forbidOnly: true,
  reporter: [["list"], ["json", { outputFile: "test-results/report.json" }]],
  use: {
    baseURL: process.env.BASE_URL ?? "http://127.0.0.1:8700",
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    trace: "retain-on-failure",
    launchOptions: { executablePath: await browserPath(), args: FLAGS },
  },
  projects: [
    { name: "desktop", use: { viewport: { width: 1440, height: 900 } } },
    { name: "phone", use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }, grep: /@phone/ },
  ],
});
