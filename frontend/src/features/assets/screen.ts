// How assets are shown: what their facts do not tell.
import { HardDrive } from "@lucide/vue";
import { assets } from "@/api/generated/nouns/assets.gen.ts";
import type { AssetRead, AssetRow } from "@/api/generated/types.gen";
import { searchOf } from "@/shared/nouns/search.ts";
import type { Screen } from "@/shared/nouns/screen.ts";

/** What people call a piece: its product, and which one. */
export const titleOf = (row: AssetRow): string => [row.product.name, row.serial_number].filter(Boolean).join(" · ");
const ended = (row: AssetRow) => !row.under_warranty;

export const screen: Screen<AssetRow, AssetRead> = {
  noun: assets,
  icon: HardDrive,
  writes: "assets:write",
  columns: {
    number: { width: 190 },
    product: { grow: true, card: "line" },
    serial_number: { card: "line" },
    customer: { grow: true, card: "whose" },
    delivered_on: { card: "muted" },
    warranty_until: { deadline: ended, card: "end" },
    place: { width: 160, card: "muted" },
    created_at: { optional: true },
    external_id: { optional: true },
  },
  filters: ["customer", "product", "under_warranty"],
  facts: {
    all: {
      customer: {},
      product: {},
      serial_number: {},
      delivered_on: {},
      warranty_until: { deadline: ended },
      place: {},
      order: { kind: "reference", under: "/orders" },
      external_id: {},
      memo: { grow: true },
      created_by: {},
      created_at: {},
    },
  },
  form: {
    customer: {},
    product: { search: searchOf("products", { sold: true }) },
    serial_number: {},
    place: {},
    delivered_on: {},
    warranty_until: { hint: "assets.warrantyHint" },
    memo: {},
  },
  title: titleOf,
};
