import { describe, expect, it } from "vitest";
import { assets } from "@/api/generated/nouns/assets.gen.ts";
import { chances } from "@/api/generated/nouns/chances.gen.ts";
import { orders } from "@/api/generated/nouns/orders.gen.ts";
import { columnsOf } from "./columns.ts";

describe("the columns of a noun", () => {
  it("are what the contract says of its facts", () => {
    const [product, delivered, place] = columnsOf(assets, { product: {}, delivered_on: {}, place: {} });
    expect(product).toMatchObject({ kind: "reference", under: "/products", title: "assets.fields.product" });
    expect(product).not.toHaveProperty("sort");
    expect(delivered).toMatchObject({ kind: "day", sort: true });
    expect(place).toMatchObject({ kind: "text", key: "place" });
  });

  it("show amounts at their end, choices and items by their words", () => {
    const [amount, status, source] = columnsOf(chances, { amount: {}, status: {}, source: {} });
    expect(amount).toMatchObject({ kind: "money", align: "end" });
    expect(status).toMatchObject({ kind: "choice", words: "chances.statuses" });
    expect(source).toMatchObject({ kind: "item", type: chances.facts.source.types[0] });
  });

  it("take what a page says otherwise, and keys that are no facts", () => {
    const [total, note] = columnsOf(orders, { total: { width: 7, title: "x" }, note: { text: () => "y" } });
    expect(total).toMatchObject({ key: "total", width: 7, title: "x" });
    expect(note).toMatchObject({ key: "note", title: "orders.fields.note" });
  });
});
