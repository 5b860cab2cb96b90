// The form of a noun: which fields it has, what they begin with, and what is sent of them.
import { t } from "../lib/i18n.ts";
import { toast } from "../lib/toast.ts";
import { useForm } from "../lib/useForm.ts";
import type { Fact } from "@/api/generated/nouns.gen.ts";
import { titleOf } from "./columns.ts";
import { type Kept, nameOf, recordsOf } from "./records.ts";
import type { FieldLayout, Screen } from "./screen.ts";

export type Value = string | number | boolean | null;
type Ref = { id: number; name: string };

export interface Field extends FieldLayout {
  /** As it is sent: `customer_id`. */
  name: string;
  key: string;
  fact: Fact;
  label: string;
  /** The record that a reference leads to now. */
  present: Ref | null;
  /** It was said when the record was made. */
  frozen: boolean;
}

const isReference = ({ kind }: Fact) => kind === "reference" || kind === "person";
const valueOf = (row: object | undefined, key: string): unknown => (row ? Reflect.get(row, key) : undefined);

const isEmpty = (value: Value | undefined) => value === null || value === "" || value === undefined;
const isSame = (one: Value | undefined, other: Value | undefined) => one === other || (isEmpty(one) && isEmpty(other));

function initial({ fact, key, present }: Field, row: object | undefined): Value {
  if (isReference(fact)) return (row ? (valueOf(row, key) as Ref | null) : present)?.id ?? null;
  const value = (valueOf(row, key) ?? null) as Value;
  if (fact.kind === "text") return value ?? "";
  return fact.kind === "flag" ? Boolean(value) : value;
}

/** @param given What a new record begins with, by the keys of its references. */
export function useNounForm<Row extends Kept, Read extends Row>(
  { noun, form: layouts }: Screen<Row, Read>,
  row: Read | undefined,
  given: Record<string, Ref> | undefined,
  saved: (record: Read) => void,
) {
  const records = recordsOf<Read>(noun.code);
  let edited = row;

  const fields = Object.entries(layouts).flatMap(([key, layout]): Field[] => {
    const fact = noun.facts[key];
    if (!fact?.written) throw new Error(`${noun.code}.${key} is not written`);
    if (layout.later && !row) return [];
    const present = ((row ? valueOf(row, key) : given?.[key]) ?? null) as Ref | null;
    return [
      {
        wide: isReference(fact),
        ...layout,
        name: isReference(fact) ? `${key}_id` : key,
        key,
        fact,
        label: t(titleOf(noun.code, key)),
        present: isReference(fact) ? present : null,
        frozen: Boolean(fact.fixed && (row ?? given?.[key])),
      },
    ];
  });
  const values = (): Record<string, Value> =>
    Object.fromEntries(fields.map((field) => [field.name, initial(field, edited)]));
  /** What the form began with: what was not touched is not sent, so that nobody else's change is undone by it. */
  let began: Record<string, Value> = {};

  const form = useForm({
    initial: () => {
      began = values();
      return { ...began };
    },
    check: (now) =>
      Object.fromEntries(
        fields
          .filter(({ fact, name }) => fact.required && isEmpty(now[name]))
          .map(({ name }) => [name, t("errors.field.required")]),
      ),
    version: () => edited?.version ?? 0,
    latest: async () => (edited = await records.read(row?.id ?? 0)),
    save: (now, version) => {
      const told = Object.entries(now).filter(([name, value]) => !isSame(value, row ? began[name] : null));
      const body = Object.fromEntries(told);
      return row ? records.update(row.id, body, version) : records.create(body);
    },
    saved: (record: Read) => {
      toast.success(row ? t("common.saved") : t("records.created", { name: nameOf(noun.code, record) }));
      saved(record);
    },
  });
  return { form, fields };
}
