// The laws of the front end that no type can say: keys exist in both languages, files stay short …
// Which way imports lead is imports.test.ts.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { SHOWS } from "./api/generated/shown.gen.ts";
import en from "./locales/en-US.ts";
import { messagesOf } from "@/shared/lib/labels.ts";

const zh = messagesOf(
  import.meta.glob("./locales/zh-CN/*.json", { eager: true, import: "default" }),
  import.meta.glob("@words/zh-CN/*.json", { eager: true, import: "default" }),
);
const sources = import.meta.glob<string>(["./**/*.{ts,vue}", "!./api/generated/**", "!./features/gallery/**"], {
  eager: true,
  query: "?raw",
  import: "default",
});
const files = Object.entries(sources).map(([path, text]) => ({ path: path.replace("./", ""), text }));

/** English words that stand inside a sentence, in the place of a name, or behind a number: no label begins with them. */
const INSIDE = new Set([
  "assets.one",
  "chances.conditions",
  "chances.noReason",
  "chances.stayed",
  "common.someone",
  "competitors.one",
  "products.pictures.refused",
  "common.unreadPhone",
  "common.localPhone",
  "losses.usual",
  "orders.lines.ofTax",
  "orders.transactions.overdue",
  "organisation.roles.effective.by",
  "processes.day",
  "reports.asOf",
  "reports.comparedWith",
  "reports.wholeMonths",
  "reports.base",
  "settings.system",
  "settings.unitWords",
]);

const textsOf = (messages: object, prefix = ""): [string, string][] =>
  Object.entries(messages).flatMap(([key, value]) =>
    typeof value === "string" ? [[`${prefix}${key}`, value]] : textsOf(value as object, `${prefix}${key}.`),
  );
const english = import.meta.glob<string>("./locales/en-US/*.json", { eager: true, query: "?raw", import: "default" });

function keysOf(messages: object, prefix = ""): string[] {
  return Object.entries(messages).flatMap(([key, value]) =>
    typeof value === "object" && value !== null && !("type" in value && "loc" in value) && !Array.isArray(value)
      ? keysOf(value, `${prefix}${key}.`)
      : [`${prefix}${key}`],
  );
}
const known = new Set(keysOf(zh));

describe("messages", () => {
  it("exist in both languages", () => {
    expect(keysOf(en).toSorted()).toEqual([...known].toSorted());
  });

  it("name no currency: it is a setting of the installation", () => {
    const words = Object.entries(en)
      .concat(Object.entries(zh))
      .map(([name, all]) => `${name} ${JSON.stringify(all)}`);
    expect(words.filter((one) => /CNY|[¥￥]|(?<!单)元/.test(one))).toEqual([]);
  });

  it("begin with a capital in English, but for those that stand inside a sentence", () => {
    const texts = Object.entries(english).flatMap(([path, text]) =>
      textsOf(JSON.parse(text) as object, `${path.replace(/.*\/|\.json$/g, "")}.`),
    );
    const small = texts.filter(([, text]) => /^\p{Ll}/u.test(text)).map(([key]) => key);
    const inside = (key: string) => INSIDE.has(key) || INSIDE.has(key.replace(/\.\w+$/, ""));
    expect(small.filter((key) => !inside(key))).toEqual([]);
    expect([...INSIDE].filter((one) => !small.some((key) => key === one || key.startsWith(`${one}.`)))).toEqual([]);
  });

  it("are there for every key that the code names", () => {
    const used = files.flatMap(({ path, text }) =>
      [...text.matchAll(/(?<![\w.])t\(\s*"([a-zA-Z_]+\.[\w.-]+)"/g)].map((match) => `${path}: ${match[1]}`),
    );
    expect(used.length).toBeGreaterThan(50);
    expect(used.filter((use) => !known.has(use.split(": ")[1] ?? ""))).toEqual([]);
  });
});

it("never decides by itself whose a record is: the server tells in `allowed_actions`", () => {
  const guessed = files.filter(({ path, text }) => path.startsWith("features/") && /=== session\.me\?\.id/.test(text));
  expect(guessed.map(({ path }) => path)).toEqual([]);
});

/** The page of a record is one block; what it reads, tells and offers comes from the shared ones. */
const OF_A_RECORD = ["useRecord(", 'v-bind="state"', "<StepButtons"];

it("makes every record's page of the same blocks", () => {
  const pages = files.filter(({ path, text }) => path.startsWith("features/") && text.includes("<RecordPanel"));
  expect(pages.length).toBeGreaterThan(5);
  const lacking = pages.flatMap(({ path, text }) =>
    OF_A_RECORD.flatMap((block) => (text.includes(block) ? [] : [`${path}: ${block}`])),
  );
  expect(lacking).toEqual([]);
});

it("opens drawers by two blocks: a form, a row beside its list", () => {
  const opening = files.filter(({ text }) => text.includes("kit/drawer.ts")).map(({ path }) => path);
  expect(opening.toSorted()).toEqual(["shared/ui/FormDrawer.vue", "shared/ui/RecordDrawer.vue"]);
});

it("tells the history of a record by one block", () => {
  const reading = files.filter(({ path, text }) => path.startsWith("features/") && /\blist\w+History\b/.test(text));
  expect(reading.length).toBeGreaterThan(4);
  expect(reading.filter(({ text }) => !text.includes("<RecordHistory")).map(({ path }) => path)).toEqual([]);
});

it("asks in one place whether a record allows a step", () => {
  const asking = files.filter(({ text }) => /allowed_actions\??\.(includes|some|indexOf)\b/.test(text));
  expect(asking.map(({ path }) => path)).toEqual(["shared/lib/may.ts"]);
});

it("names the browser's tab in three places: a page, a record, a sheet for the printer", () => {
  const naming = files.filter(({ text }) => text.includes("document.title =")).map(({ path }) => path);
  expect(naming).toEqual(["app/App.vue", "features/orders/OrderPrintPage.vue", "shared/domain/useRecord.ts"]);
});

it("puts amounts into fields by the currency's digits", () => {
  const bare = /\b(amount|close_value|price|cost): [\w.?]+\.(amount|unpaid|price|cost) (\?\? ""|as string)/;
  expect(files.filter(({ text }) => bare.test(text)).map(({ path }) => path)).toEqual([]);
});

it("dials in one place, which says what cannot be dialled", () => {
  const dialling = files.filter(({ path, text }) => /`tel:|"tel:/.test(text) && !path.endsWith(".test.ts"));
  expect(dialling.map(({ path }) => path)).toEqual(["shared/ui/PhoneLink.vue"]);
});

it("shows a row's customer as the way there", () => {
  const bare = /\{\{[^}]*\b(row|card)\.customer(_name|\??\.name)|=> row\.customer(_name|\??\.name)/;
  const column = /key: "customer", kind: "reference"(?!, under: "\/customers")/;
  // A tick's label leads nowhere; a loss is called by its customer: the row's own title.
  const leads = ["features/customers/TransferWork.vue", "features/losses/columns.ts"];
  const found = files.filter(
    ({ path, text }) => path.startsWith("features/") && (bare.test(text) || column.test(text.replace(/\s+/g, " "))),
  );
  expect(found.map(({ path }) => path)).toEqual(leads);
});

it("ends a selection with the act", () => {
  const chosen = files.filter(({ path, text }) => path.startsWith("features/") && text.includes("<BulkBar"));
  expect(chosen.length).toBeGreaterThan(1);
  expect(chosen.filter(({ text }) => !text.includes("view.clearSelection()")).map(({ path }) => path)).toEqual([]);
});

it("asks for days, months, times and choices by the kit's controls: a browser's own speak its language, not the reader's", () => {
  const native = /<select\b|<input[^>]*\btype="(date|month|week|time|datetime-local)"|:type="[^"]*(date|month|time)/;
  expect(files.filter(({ path, text }) => path.endsWith(".vue") && native.test(text)).map(({ path }) => path)).toEqual(
    [],
  );
});

/** Forms that save by themselves, and how Ctrl+Enter reaches them. */
const OWN_FORMS: Record<string, string> = {
  "shared/ui/FormBody.vue": "its window listens",
  "shared/ui/PageForm.vue": "listens",
  "shared/ui/ConfirmDialog.vue": "listens as a window",
  "app/shell/LoginAgain.vue": "listens as a window",
  "features/plans/PlanLine.vue": "listens",
};

it("makes forms of blocks that hear Ctrl+Enter from every control", () => {
  const own = files.filter(({ path, text }) => path.endsWith(".vue") && /<form\b/.test(text));
  expect(own.map(({ path }) => path).toSorted()).toEqual(Object.keys(OWN_FORMS).toSorted());
});

it("gives each page a key of its own to go to", () => {
  const keys = files.flatMap(({ path, text }) =>
    path.endsWith("routes.ts") ? [...text.matchAll(/\bgo: "([^"]+)"/g)].map((match) => `${match[1]} ${path}`) : [],
  );
  expect(keys.length).toBeGreaterThan(10);
  expect(keys.filter((one) => keys.some((other) => other !== one && other[0] === one[0]))).toEqual([]);
});

/** Who reads again by hand, and why no answer to a write can tell it. */
const BY_HAND: Record<string, string> = {
  "shared/lib/layers.ts": "what the header of a write names",
  "app/query.ts": "the server was away: nobody knows what happened meanwhile",
  "features/home/useFillDemo.ts": "a whole company comes at once",
  "features/losses/LossListPage.vue": "found by a job in the background, after the answer",
};

it("leaves it to the server to tell what a write makes stale", () => {
  const again = /\b(invalidateQueries|refetchQueries|removeQueries|resetQueries)\b/;
  const found = files.filter(({ path, text }) => !path.endsWith(".test.ts") && again.test(text));
  expect(found.map(({ path }) => path).toSorted()).toEqual(Object.keys(BY_HAND).toSorted());
});

it("keeps answers under the name of their read, so that it is known what they show", () => {
  const reads = new Set(Object.values(SHOWS).flatMap((names) => names.split(" ")));
  const others = new Set(["previewBulkTransfer", "productPicture"]); // shown while a dialog is open; named by its content
  const names = files.flatMap(({ path, text }) =>
    path.endsWith(".test.ts")
      ? []
      : [...text.matchAll(/(?<!\w)_id: "(\w+)"|operation: "(\w+)"/g)].map((match) => match[1] ?? match[2] ?? ""),
  );
  expect(names.length).toBeGreaterThan(50);
  expect(names.filter((name) => !reads.has(name) && !others.has(name))).toEqual([]);
});

/** Where instants become days, and where the date picker's own dates do. */
const KEEPERS_OF_TIME = ["shared/lib/time.ts", "shared/kit/date.ts"];
const CALENDAR = [
  /\bnew Date\b|\bDate\.(parse|UTC)\b|\bDate\.now\(\) *[+-] *[A-Z\d]/,
  /\.slice\(0, ?(10|16)\)|\.split\("T"\)/,
  /\.toISOString\b|\.toLocale(Date|Time)?String\b|\.[gs]et(UTC)?(FullYear|Month|Date|Day|Hours|Minutes)\(/,
  /Intl\.DateTimeFormat|\bElDatePicker\b|datetime-local/,
];

it("leaves days, moments and their arithmetic to the company's clock, wherever the browser stands", () => {
  const shown = ["shared/ui/DayPicker.vue", "features/products/pictureFile.ts"]; // the picker's frame; bytes of a file
  const judged = files.filter(
    ({ path }) => !path.endsWith(".test.ts") && ![...KEEPERS_OF_TIME, ...shown].includes(path),
  );
  const own = judged.flatMap(({ path, text }) =>
    text.split("\n").flatMap((line, n) => (CALENDAR.some((one) => one.test(line)) ? [`${path}:${n + 1}`] : [])),
  );
  expect(own).toEqual([]);
});

it("sends no sentence of its own to be kept: what the screen has to say is a code", () => {
  const sent = files.filter(({ text }) => /\bbody(:| =) \{[^{}]*[^.\w]t\(/.test(text));
  expect(sent.map(({ path }) => path)).toEqual([]);
});

/** Read from the disk: the test runner gives no text of a sheet. */
const sheets = Object.keys(import.meta.glob("./**/*.css")).map((path) => ({
  path: path.replace("./", ""),
  text: readFileSync(new URL(path, import.meta.url), "utf8"),
}));

it("takes sizes of type and gaps from the scale of the theme", () => {
  const bare = /(?<![\w-])(font-size|(row-|column-)?gap): [^;]*\d(px|rem|em)|(?<![\w-])font: [^;]*\d(px|rem|em)/;
  expect(sheets.filter(({ text }) => text.includes("gap: ")).length).toBeGreaterThan(5);
  const own = [...sheets, ...files.filter(({ path }) => path.endsWith(".vue"))].flatMap(({ path, text }) =>
    text.split("\n").flatMap((line, n) => (bare.test(line) ? [`${path}:${n + 1} ${line.trim()}`] : [])),
  );
  expect(own).toEqual([]);
});

describe("files", () => {
  it("have at most 300 lines", () => {
    const long = files.filter(({ text }) => text.split("\n").length > 301);
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  it("bind no raw HTML", () => {
    expect(
      files.filter(({ path, text }) => path.endsWith(".vue") && text.includes("v-html")).map(({ path }) => path),
    ).toEqual([]);
  });
});
