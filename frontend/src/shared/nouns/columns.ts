// The columns of a noun's list and the facts of its page: what each is called, what kind it is and whether it sorts come from the
// contract; a page says which it shows, in which order, and what is not as usual.
import type { Fact, Kind, Noun } from "@/api/generated/nouns.gen.ts";
import type { Column } from "../lib/columns.ts";

/** What is not as usual in a column. */
export type Layout<Row> = Partial<Omit<Column<Row>, "key">>;
export type Layouts<Row> = Record<string, Layout<Row>>;

/** Pixels that a value of a kind takes. */
const WIDTHS: Record<Kind, number> = {
  choice: 100,
  choices: 140,
  day: 120,
  flag: 84,
  fraction: 90,
  instant: 156,
  item: 110,
  money: 120,
  number: 84,
  person: 96,
  reference: 180,
  text: 140,
};
const ENDS: ReadonlySet<Kind> = new Set(["money", "number", "fraction"]);

/** Where the words of a choice stand: `orders.statuses` for `status`. */
export const wordsOf = (code: string, key: string): string => `${code}.${key}${key.endsWith("s") ? "es" : "s"}`;
/** What a fact is called. */
export const titleOf = (code: string, key: string): string => `${code}.fields.${key}`;

type Usual = Pick<Column<never>, "kind" | "align" | "sort" | "type" | "words" | "under">;

/** How a fact is shown anywhere. */
function usual(code: string, key: string, fact: Fact): Usual {
  const { kind } = fact;
  return {
    ...(kind === "choices" || kind === "fraction" ? {} : { kind }),
    ...(ENDS.has(kind) ? { align: "end" } : {}),
    ...(fact.sorted ? { sort: true } : {}),
    ...(fact.types?.[0] ? { type: fact.types[0] } : {}),
    ...(kind === "choice" ? { words: wordsOf(code, key) } : {}),
    ...(kind === "reference" && fact.noun ? { under: `/${fact.noun}` } : {}),
  };
}

/**
 * @param shown Key → what is not as usual, in the order of the columns. A key that is no fact says all of itself.
 */
export function columnsOf<Row>({ code, facts }: Noun, shown: Layouts<Row>): Column<Row>[] {
  return Object.entries(shown).map(([key, layout]) => {
    const fact = facts[key];
    const known = fact ? { ...usual(code, key, fact), width: WIDTHS[fact.kind] } : { width: WIDTHS.text };
    return { ...known, title: titleOf(code, key), ...layout, key };
  });
}
