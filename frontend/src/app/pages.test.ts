// @vitest-environment happy-dom
// What nobody names in an import: the page that a route names, and the words that come with what stands in a feature.
import { expect, it } from "vitest";
import { messagesOf } from "@/shared/lib/labels.ts";
import type { Messages } from "@/locales/by-file-name.ts";
import zh from "@/locales/zh-CN.ts";
import { hasKey } from "@/shared/lib/i18n.ts";
import { words } from "../../build/words.ts";
import { features } from "./features.ts";
import { pageOf } from "./pages.ts";

const all = messagesOf(
  import.meta.glob("../locales/zh-CN/*.json", { eager: true, import: "default" }),
  import.meta.glob("@words/zh-CN/*.json", { eager: true, import: "default" }),
);
const firstKey = (messages: Messages): string => {
  const [key, value] = Object.entries(messages)[0] ?? ["", ""];
  return typeof value === "object" && !("loc" in value) ? `${key}.${firstKey(value)}` : key;
};
const late = features.filter(({ folder }) => folder in all && !(folder in zh));
const load = (folder: string, route: (typeof features)[number]["routes"][number]) =>
  "page" in route ? pageOf(folder, route.page) : route.component();
const key = ({ folder }: { folder: string }) => `${folder}.${firstKey(all[folder] as Messages)}`;

it("finds each page that a route names, and the words of its feature come with it", async () => {
  expect(late.length).toBeGreaterThan(10);
  expect(late.map(key).filter(hasKey)).toEqual([]);
  for (const { folder, routes } of features)
    for (const route of routes) expect(await load(folder, route)).toHaveProperty("default");
  expect(late.map(key).filter((one) => !hasKey(one))).toEqual([]);
  expect(() => pageOf("orders", "NobodysPage")).toThrow("NobodysPage");
}, 60_000);

it("lets every component of a feature bring its words, so also what it lends", () => {
  const { transform } = words("src", "../app/words");
  const bring = transform as (code: string, id: string) => { code: string } | null;
  const parts = Object.keys(import.meta.glob(["../features/*/*.vue", "!../features/gallery/**"]));
  const without = parts.filter((path) => !bring("", path.replace("..", "src"))?.code.includes("virtual:words/"));
  const none = new Set(without.map((path) => path.split("/")[2]));
  expect([...none].toSorted()).toEqual(["audit", "auth", "chances", "notices"]);
});
