// Who reports to whom at one customer, as rows of a tree: primary contacts first, leavers last.
export interface Person {
  id: number;
  name: string;
  is_primary: boolean;
  status: string;
  superior: { id: number; name: string } | null;
}
export interface Branch<P> {
  person: P;
  depth: number;
}

const rank = (person: Person): number => (person.is_primary ? 0 : person.status === "left" ? 2 : 1);

/** Everybody once, under their superior. A superior who is not in the list, or a circle, makes a root. */
export function tree<P extends Person>(people: P[]): Branch<P>[] {
  const ids = new Set(people.map((person) => person.id));
  const below = new Map<number | null, P[]>();
  for (const person of people) {
    const up =
      person.superior && ids.has(person.superior.id) && person.superior.id !== person.id ? person.superior.id : null;
    below.set(up, [...(below.get(up) ?? []), person]);
  }
  const branches: Branch<P>[] = [];
  const seen = new Set<number>();
  const walk = (person: P, depth: number): void => {
    if (seen.has(person.id)) return;
    seen.add(person.id);
    branches.push({ person, depth });
    for (const one of ordered(below.get(person.id) ?? [])) walk(one, depth + 1);
  };
  for (const person of ordered(below.get(null) ?? [])) walk(person, 0);
  for (const person of ordered(people)) walk(person, 0);
  return branches;
}

function ordered<P extends Person>(people: P[]): P[] {
  return people.toSorted((a, b) => rank(a) - rank(b) || a.id - b.id);
}
