// Every page of the router in English: no Chinese beside the company's own records, no key without words, headings in order,
// and no more nodes than a page may hold.
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { readdirSync, readFileSync } from "node:fs";
import { BOARDS } from "../src/features/reports/boards.ts";
import { REPORTS } from "../src/features/reports/codes.ts";
import { asRole, type Role, settled, signInAs } from "./helpers.ts";

const SOURCE = new URL("../src/", import.meta.url);
interface Declared {
  path: string;
  /** Who does not hold it is told so instead. */
  right: string | undefined;
}
/** What each feature declares; the gallery is not part of a release. */
const PATHS: Declared[] = readdirSync(new URL("features/", SOURCE))
  .filter((feature) => feature !== "gallery")
  .flatMap((feature) => {
    const file = new URL(`features/${feature}/routes.ts`, SOURCE);
    const text = readdirSync(new URL("./", file)).includes("routes.ts") ? readFileSync(file, "utf8") : "";
    return [...text.matchAll(/\bpath: "([^"]+)"(?:(?!\bpath:)[^])*?(?:right: "([^"]+)"|(?=\bpath:|$))/g)].map(
      ([, path, right]) => ({ path: (path ?? "").replaceAll("\\\\", "\\"), right }),
    );
  });
const MOST_NODES = 1500;
/**
 * Two calendars of the kit lie ready behind the days of a board's filter: 300 nodes that it renders before they are opened;
 * the service analysis is a table of product by month, each number a way to its records; and an issued report is all
 * analyses of a month on one page, as it is printed.
 */
const MORE = [
  ["/dashboards", 400],
  ["/reports/service", 900],
  ["/customer-reports/", 2000],
] as const;
const KEY = new RegExp(
  `\\b(${readdirSync(new URL("locales/en-US/", SOURCE))
    .map((name) => name.replace(".json", ""))
    .join("|")})(\\.[a-zA-Z_-]+)+\\b`,
);
const CHINESE = /\p{Script=Han}/u;
/** Facts that come with an English one beside them are no excuse for showing the Chinese one, but where both are edited. */
const TRANSLATED: Record<string, string> = { value: "value_en", name: "name_en" };
const BOTH_EDITED = /^\/(dictionary|processes|competitors)(\/|$)/;
/** A language is called by its own name. */
const LANGUAGES = ["简体中文", "中文"];
const RULES = [
  "heading-order", "page-has-heading-one", "empty-heading", "region", "landmark-one-main", "landmark-unique",
  "landmark-main-is-top-level", "landmark-no-duplicate-main", "landmark-banner-is-top-level",
  "landmark-no-duplicate-banner", "landmark-contentinfo-is-top-level", "landmark-no-duplicate-contentinfo",
  "landmark-complementary-is-top-level",
]; // prettier-ignore
const LISTS: Record<string, string> = { "customer-reports": "periodic-reports" };

interface Row {
  id: number;
}
type Caller = Awaited<ReturnType<typeof asRole>>["call"];

/** The addresses that a path of the router stands for: one record of a noun, every board, every analysis. */
async function addresses(path: string, call: Caller): Promise<string[]> {
  if (path.includes(":board")) return BOARDS.map(({ key }) => path.replace(":board", key));
  if (path.includes(":code")) return REPORTS.map(({ code }) => path.replace(":code", code));
  if (!path.includes(":id")) return [path];
  const noun = path.split("/")[1] ?? "";
  const asked = call<{ items: Row[] } | Row[]>("GET", `/${LISTS[noun] ?? noun}?limit=1`);
  const found = await asked.catch((): Row[] => []); // who may not read it is shown that instead
  const [row] = Array.isArray(found) ? found : found.items;
  return [path.replace(/:id(\(.*?\))?/, String(row?.id ?? 1))];
}

interface Facts {
  told: Set<string>;
  translated: Set<string>;
}

/** Notes every Chinese word that the server tells as a fact of a record. */
function facts(page: Page): Facts {
  const found = { told: new Set<string>(LANGUAGES), translated: new Set<string>() };
  const note = (value: unknown, into: Set<string>): void => {
    if (typeof value === "string" && CHINESE.test(value)) for (const line of value.split("\n")) into.add(line.trim());
    if (typeof value !== "object" || value === null) return;
    for (const [key, one] of Object.entries(value))
      note(one, (value as Record<string, unknown>)[TRANSLATED[key] ?? ""] ? found.translated : into);
  };
  page.on("response", async (answer) => {
    if (answer.url().includes("/api/") && answer.headers()["content-type"]?.includes("json"))
      note(await answer.json().catch(() => null), found.told);
  });
  return found;
}

/** What is read on the page: its texts, the names that only a reader of the screen hears, and what is drawn or cut short. */
const words = (page: Page) =>
  page.evaluate(() => {
    const [read, drawn] = [new Set([document.title]), new Set<string>()];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const short = walk.currentNode.parentElement?.closest("svg, [aria-hidden=true]");
      (short ? drawn : read).add(walk.currentNode.textContent?.trim() ?? "");
    }
    for (const one of document.querySelectorAll("[aria-label], [title], [placeholder], [alt]"))
      for (const name of ["aria-label", "title", "placeholder", "alt"]) read.add(one.getAttribute(name) ?? "");
    return { read: [...read], drawn: [...drawn] };
  });

/** Whether Chinese is left once the facts are taken out, the longest first. */
const foreign = (text: string, told: string[]) =>
  CHINESE.test(text) &&
  CHINESE.test(told.reduce((left, fact) => (left.includes(fact) ? left.replaceAll(fact, "") : left), text));
/** A face shows the end of a name, a chart the beginning. */
const partOf = (text: string, told: string[]) => told.some((fact) => fact.includes(text.replace(/(\.{3}|…)$/, "")));

async function faults(page: Page, path: string, { told, translated }: Facts): Promise<string[]> {
  await settled(page);
  const known = [...told, ...(BOTH_EDITED.test(path) ? translated : [])].toSorted(
    (one, other) => other.length - one.length,
  );
  const { read, drawn } = await words(page);
  const chinese = [
    ...read.filter((text) => foreign(text, known)),
    ...drawn.filter((text) => foreign(text, known) && !partOf(text, known)),
  ];
  const wordless = [...read, ...drawn].filter((text) => KEY.test(text));
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().withRules(RULES).analyze();
  return [
    ...chinese.map((text) => `Chinese: ${text}`),
    ...wordless.map((text) => `key: ${text}`),
    ...violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join("; ")}`),
  ];
}

const rightsOf = async (call: Caller) => {
  const { rights } = await call<{ rights: { right: string }[] }>("GET", "/me");
  return new Set(rights.map(({ right }) => right));
};
/** A page is as heavy in every language, and this walk opens all of them. */
const heavy = async (page: Page, path: string): Promise<string[]> => {
  const nodes = await page.evaluate(() => document.querySelectorAll("*").length);
  const more = MORE.find(([start]) => path.startsWith(start))?.[1] ?? 0;
  return nodes > MOST_NODES + more ? [`${nodes} nodes`] : [];
};

const PARTS = 3;
const walks: { role: Role; part: number }[] = [
  ...Array.from({ length: PARTS }, (_, part) => ({ role: "销售主管" as const, part })),
  { role: "系统管理员", part: PARTS },
];
for (const { role, part } of walks)
  test(`every page is English for an English reader, and light: ${role}, part ${part + 1} of ${PARTS + 1}`, async ({
    page,
  }) => {
    test.setTimeout(120_000);
    const boss = await asRole(page, "销售主管");
    const held = await rightsOf(boss.call);
    const open = ({ right }: Declared) => !right || held.has(right);
    const { call } = role === "销售主管" ? boss : await asRole(page, role);
    // Each page once, by who may open it; how one is told that one may not, by the first such page.
    const closed = PATHS.filter((one) => !open(one));
    const own = role === "销售主管" ? [...PATHS.filter(open), ...closed.slice(0, 1)] : [{ path: "/" }, ...closed];
    const all = [...(await Promise.all(own.map(({ path }) => addresses(path, call)))).flat(), "/nowhere"];
    expect(all.length).toBeGreaterThan(role === "销售主管" ? 35 : 5);
    const told = facts(page);
    await signInAs(page, role, "/", "en-US");
    const wrong: Record<string, string[]> = {};
    for (const path of part < PARTS ? all.filter((_, at) => at % PARTS === part) : all) {
      await page.goto(path, { waitUntil: "networkidle" });
      const found = [...(await faults(page, path, told)), ...(await heavy(page, path))];
      if (found.length) wrong[path] = found;
    }
    expect(wrong).toEqual({});
  });
