// Which browser: CHROME_PATH, else the Chromium that comes as an npm package. It has pages and no windows, and costs a
// third of the system's, which draws tabs and tools around each page.
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Where the package unpacks itself, once for each installation. */
const SHELF = fileURLToPath(new URL("../node_modules/.cache/chromium", import.meta.url));

export async function browserPath(): Promise<string> {
  if (process.env.CHROME_PATH) return process.env.CHROME_PATH;
  mkdirSync(SHELF, { recursive: true });
  const before = process.env.TMPDIR;
  process.env.TMPDIR = SHELF;
  const { default: chromium } = await import("@sparticuz/chromium");
  const path = await chromium.executablePath();
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  return path;
}
