// The personal facts of a contact: a group with a right of its own.
export const WORDS = ["hobby", "family", "background"] as const;

export interface PersonalFacts {
  birthday: string | null;
  hobby: string;
  family: string;
  background: string;
}

export const isPersonal = (name: string): boolean => name === "birthday" || (WORDS as readonly string[]).includes(name);

/** What a person without the right may send: naming one of these fields would be refused. */
export function withoutPersonal<Facts extends object>(facts: Facts): Omit<Facts, keyof PersonalFacts> {
  const kept = Object.entries(facts).filter(([name]) => !isPersonal(name));
  return Object.fromEntries(kept) as Omit<Facts, keyof PersonalFacts>;
}
