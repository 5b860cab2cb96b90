// @vitest-environment happy-dom
import { mount, RouterLinkStub } from "@vue/test-utils";
import { expect, it } from "vitest";
import { h } from "vue";
import type { Column } from "../lib/columns.ts";
import { setFormats } from "../lib/format.ts";
import { IN_COLUMN } from "../lib/gridView.ts";
import { i18n } from "../lib/i18n.ts";
import { dataCell } from "./dataCell.ts";

setFormats({ timezone: "Asia/Shanghai", currency: "CNY" });
const itemLabel = (type: string, item: string | null | undefined) => (item ? `${type}.${item}` : "—");

type Cell = Omit<Column<{ fact: unknown }>, "key" | "title" | "width">;
function shown(value: unknown, column: Cell) {
  const cell = { key: "fact", title: "", width: 80, ...column };
  const global = { plugins: [i18n], provide: { [IN_COLUMN as symbol]: true }, stubs: { RouterLink: RouterLinkStub } };
  return mount({ render: () => h("p", [dataCell(cell, { fact: value }, itemLabel)]) }, { global });
}

it.each<[unknown, Cell, string]>([
  ["A-01", {}, "A-01"],
  [null, {}, "—"],
  [1200, { kind: "number" }, "1,200"],
  ["1200.50", { kind: "money", full: true }, "¥1,200.50"],
  ["2026-11-21", { kind: "day" }, "2026-11-21"],
  ["2026-11-21T01:30:00Z", { kind: "instant" }, "2026-11-21 09:30"],
  [false, { kind: "flag" }, "否"],
  [{ id: 1, name: "张明" }, { kind: "person" }, "张明"],
  [null, { kind: "person" }, "—"],
  ["web", { kind: "item", type: "source" }, "source.web"],
  [null, { kind: "item", type: "source", tag: "plain" }, "—"],
  ["assigned", { kind: "choice", words: "chances.statuses", tag: "dot" }, i18n.global.t("chances.statuses.assigned")],
  [12, { kind: "number", text: (row) => `n ${String(row.fact)}` }, "n 12"],
])("shows %j of %j as %s", (value, column, text) => {
  expect(shown(value, column).text()).toBe(text);
});

it("leads to a record where there is one to lead to, and colours a tag by its value", () => {
  const reference: Cell = { kind: "reference", under: "/customers", otherwise: () => "某客户" };
  expect(shown({ id: 7, name: "云启" }, reference).findComponent(RouterLinkStub).props("to")).toBe("/customers/7");
  expect(shown(null, reference).text()).toBe("某客户");
  expect(shown({ id: 7, name: "云启" }, { kind: "reference" }).find("a").exists()).toBe(false);
  const tag = shown("b", { kind: "item", type: "x", tag: "plain", tones: { b: "danger" } });
  expect(tag.find(".tag").classes()).toContain("danger");
});
