// Which way imports lead. Found by the compilers, so that none is missed for how it is written; each law is shown to bite.
import { describe, expect, it } from "vitest";
import { type Import, importsOf } from "../build/imports.ts";

const sources = import.meta.glob<string>(["./**/*.{ts,vue}", "!./api/generated/**"], {
  eager: true,
  query: "?raw",
  import: "default",
});
const imports = Object.entries(sources).flatMap(([path, text]) => importsOf({ path: path.replace("./", ""), text }));

const LAYERS = ["api", "shared", "features", "app"];
const layerOf = (path: string) => LAYERS.indexOf(path.split("/")[0] ?? "");
/** The feature that a path lies in, if it lies in one. */
const featureOf = (path: string) => /^features\/([^/]+)\//.exec(path)?.[1];

/** The blocks that everything is made of; their tests may set the scene with whatever it takes. */
const ofBlocks = (path: string) => /^shared\/(lib|ui|kit)\//.test(path) && !path.endsWith(".test.ts");

interface Law {
  says: string;
  breaks: (one: Import & { to: string }) => boolean;
  /** Where it is broken, and by what. */
  examples: Record<string, string>;
}
const LAWS: Law[] = [
  {
    says: "point down: app → features → shared → api",
    breaks: ({ path, to }) => layerOf(path) >= 0 && layerOf(to) > layerOf(path),
    examples: { "shared/lib/time.ts": "../../app/query.ts", "shared/ui/Money.vue": "@/features/orders/columns.ts" },
  },
  {
    says: "never lead from one feature into another",
    breaks: ({ path, to }) => Boolean(featureOf(path) && featureOf(to) && featureOf(path) !== featureOf(to)),
    examples: { "features/orders/OrderPage.vue": "@/features/chances/columns.ts" },
  },
  {
    says: "stay inside a feature when they are relative",
    breaks: ({ path, to, relative }) => relative && Boolean(featureOf(path)) && featureOf(path) !== featureOf(to),
    examples: { "features/orders/columns.ts": "../../shared/lib/may.ts" },
  },
  {
    says: "of the calendar's arithmetic stand where days are kept",
    breaks: ({ path, to }) => /^dayjs\b/.test(to) && path !== "shared/kit/date.ts" && !path.endsWith(".test.ts"),
    examples: { "features/plans/buckets.ts": "dayjs/plugin/utc" },
  },
  {
    says: "of what one asks the server for stand in shared/domain: the blocks know no noun",
    breaks: ({ path, to }) => ofBlocks(path) && /^api\/generated\/(?!types\.gen|shown\.gen)/.test(to),
    examples: {
      "shared/lib/bulk.ts": "@/api/generated/sdk.gen",
      "shared/ui/Money.vue": "../../api/generated/@tanstack/vue-query.gen",
    },
  },
  {
    says: "never lead from the blocks into shared/domain, but for the company's days off",
    breaks: ({ path, to }) => ofBlocks(path) && to.startsWith("shared/domain/") && path !== "shared/ui/DayPicker.vue",
    examples: { "shared/lib/bulk.ts": "../domain/session.ts", "shared/ui/Money.vue": "@/shared/domain/dict.ts" },
  },
];

const WRITTEN: Record<string, (names: string) => string> = {
  static: (names) => `import { x } from "${names}";`,
  "a type": (names) => `import type { X } from '${names}';`,
  "for its effects": (names) => `import "${names}";`,
  dynamic: (names) => `const x = () => import(\n  /* later */ \`${names}\`,\n);`,
  "passed on": (names) => `export * from "${names}";`,
  "a type in place": (names) => `let x: import("${names}").X;`,
  "by glob": (names) => `const all = import.meta.glob(["${names}"], { eager: true });`,
};
const fileOf = (path: string, script: string) =>
  path.endsWith(".vue") ? `<script setup lang="ts">\n${script}\n</script>\n<template><p /></template>` : script;

const literal = (one: Import): one is Import & { to: string } => one.to !== null;

describe("imports", () => {
  it("are found", () => {
    expect(imports.length).toBeGreaterThan(1500);
  });

  it("name what they bring in by a literal", () => {
    expect(imports.filter((one) => !literal(one))).toEqual([]);
    expect(importsOf({ path: "app/x.ts", text: "void import(name); import.meta.glob(names);" })).toEqual([
      { path: "app/x.ts", to: null, relative: false },
      { path: "app/x.ts", to: null, relative: false },
    ]);
  });

  it("are none where only a text or a comment looks like one", () => {
    const text = 'const x = "import \\"@/app/query.ts\\"";\n// import "@/app/query.ts"\n/* import("@/app/query.ts") */';
    expect(importsOf({ path: "api/x.ts", text })).toEqual([]);
  });

  it("are found in both scripts of a component", () => {
    const text =
      '<script lang="ts">\nimport "@/a.ts";\n</script>\n<script setup lang="ts">\nimport "./b.ts";\n</script>';
    expect(importsOf({ path: "app/X.vue", text }).map(({ to }) => to)).toEqual(["a.ts", "app/b.ts"]);
  });

  describe.each(LAWS)("$says", ({ breaks, examples }) => {
    it("everywhere", () => {
      expect(imports.filter(literal).filter(breaks)).toEqual([]);
    });
    it.each(Object.keys(WRITTEN))("%s", (kind) => {
      for (const [path, names] of Object.entries(examples)) {
        const text = fileOf(path, WRITTEN[kind]?.(names) ?? "");
        expect(importsOf({ path, text }).filter(literal).filter(breaks)).toHaveLength(1);
      }
    });
  });
});
