// A cell as its column says: `text` where it has one of its own, else by the kind of the fact.
import { h, type VNodeChild } from "vue";
import type { Column } from "../lib/columns.ts";
import { number } from "../lib/format.ts";
import { t } from "../lib/i18n.ts";
import DateText from "./DateText.vue";
import Money from "./Money.vue";
import RefLink from "./RefLink.vue";
import StatusTag from "./StatusTag.vue";

/** What an item of the dictionary is called; the page lends it, as the blocks know no noun. */
export type ItemLabel = (type: string, item: string | null | undefined) => string;
type Named = { id: number; name: string } | null | undefined;
type Words = string | null | undefined;

const DASH = "—";
const wordOf = (column: Column<never>, value: Words, itemLabel: ItemLabel) =>
  column.kind === "item" ? itemLabel(column.type ?? column.key, value) : t(`${column.words}.${value}`);

/** Opens beside the app. What people type without a scheme is an address all the same; any other scheme is a text. */
function site(typed: Words): VNodeChild {
  if (!typed) return DASH;
  const href = /^https?:\/\//i.test(typed) ? typed : `https://${typed}`;
  if (!/^[\w-]+(\.[\w-]+)+([:/?#]\S*)?$/.test(href.replace(/^https?:\/\//i, ""))) return typed;
  return h(
    "a",
    { href, target: "_blank", rel: "noopener noreferrer", onClick: (event: Event) => event.stopPropagation() },
    typed,
  );
}

/** A word, or a tag of it in the colour of the value. */
function word(column: Column<never>, value: Words, itemLabel: ItemLabel): VNodeChild {
  if (!value) return DASH;
  const said = wordOf(column, value, itemLabel);
  if (!column.tag) return said;
  return h(StatusTag, { tone: column.tones?.[value] ?? "neutral", dot: column.tag === "dot" }, () => said);
}

export function dataCell<Row>(column: Column<Row>, row: Row, itemLabel: ItemLabel): VNodeChild {
  if (column.text) return String(column.text(row) ?? DASH);
  const value = (row as Record<string, unknown>)[column.key];
  switch (column.kind) {
    case "item":
    case "choice":
      return word(column as Column<never>, value as Words, itemLabel);
    case "money":
      return h(Money, { value: value as Words, full: column.full ?? false });
    case "day":
    case "instant":
      return h(DateText, {
        value: value as Words,
        exact: column.kind === "instant",
        deadline: column.deadline?.(row) ?? false,
      });
    case "site":
      return site(value as Words);
    case "number":
      return number(value as number);
    case "flag":
      return t(value ? "common.yes" : "common.no");
    case "person":
      return (value as Named)?.name ?? DASH;
    case "reference":
      if (!column.under) return (value as Named)?.name ?? DASH;
      return h(RefLink, { of: value as Named, under: column.under, name: column.otherwise?.(row) });
    default:
      return String(value ?? DASH);
  }
}
