// How competitors are shown: what their facts do not tell.
import { Swords } from "@lucide/vue";
import { competitors } from "@/api/generated/nouns/competitors.gen.ts";
import type { CompetitorRead, CompetitorRow } from "@/api/generated/types.gen";
import type { Screen } from "@/shared/nouns/screen.ts";

export const screen: Screen<CompetitorRow, CompetitorRead> = {
  noun: competitors,
  icon: Swords,
  writes: "competitors:write",
  columns: {
    name: { width: 200, grow: true },
    name_en: { width: 180, grow: true, card: "line" },
    website: { kind: "site", width: 230, card: "line" },
    product_count: { width: 96, english: 110, card: "muted" },
    enabled: {},
    code: { width: 150 },
    updated_at: {},
    created_at: { optional: true },
    external_id: { optional: true },
  },
  filters: ["enabled"],
  facts: {
    all: {
      name: {},
      name_en: {},
      website: { kind: "site" },
      code: {},
      strategy: { grow: true },
      memo: { grow: true },
      external_id: {},
      updated_by: {},
      updated_at: {},
    },
  },
  form: {
    name: {},
    name_en: {},
    website: { placeholder: "www.example.com" },
    code: { hint: "competitors.codeHint" },
    strategy: {},
    memo: {},
    enabled: { later: true },
  },
};
