// The personal facts of a contact: a group with a right of its own.
export const DAYS = ["birthday", "anniversary"] as const;
export const WORDS = ["education", "career", "hobby", "family", "background"] as const;

export type PersonalFacts = Record<(typeof DAYS)[number], string | null> & Record<(typeof WORDS)[number], string>;

export const isPersonal = (name: string): boolean => ([...DAYS, ...WORDS] as string[]).includes(name);

/** What a person without the right may send: naming one of these fields would be refused. */
export function withoutPersonal<Facts extends object>(facts: Facts): Omit<Facts, keyof PersonalFacts> {
  const kept = Object.entries(facts).filter(([name]) => !isPersonal(name));
  return Object.fromEntries(kept) as Omit<Facts, keyof PersonalFacts>;
}
