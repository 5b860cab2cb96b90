// A log row in readable words: which fields changed, from what to what. Pure; names and labels are given.
export interface Words {
  /** Label of a field, or null for what people need not see. */
  field: (name: string) => string | null;
  /** A value as the page shows it. */
  value: (name: string, value: unknown) => string;
  empty: string;
  /** Field names in the order of the page; others follow. */
  order: string[];
}
export interface Line {
  field: string;
  before: string;
  after: string;
}

const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === "";

/** One line for each field that has a name; values that read the same (a money's trailing zeros) are no change. */
export function lines(changes: Record<string, unknown[]>, words: Words): Line[] {
  const place = (name: string) => (words.order.includes(name) ? words.order.indexOf(name) : words.order.length);
  const sorted = Object.entries(changes).toSorted(([a], [b]) => place(a) - place(b));
  return sorted.flatMap(([name, [from, to]]) => {
    const field = words.field(name);
    if (field === null || (isEmpty(from) && isEmpty(to))) return [];
    const before = isEmpty(from) ? words.empty : words.value(name, from);
    const after = isEmpty(to) ? words.empty : words.value(name, to);
    return before === after ? [] : [{ field, before, after }];
  });
}
