// The departments as rows of a tree. Pure.
export interface Department {
  id: number;
  name: string;
  parent: { id: number } | null;
}
export interface Branch<D> {
  department: D;
  depth: number;
  children: number;
}

/** Every department once, under its parent, siblings by name. */
export function tree<D extends Department>(departments: D[]): Branch<D>[] {
  const ids = new Set(departments.map(({ id }) => id));
  const below = new Map<number | null, D[]>();
  for (const department of departments.toSorted((a, b) => a.name.localeCompare(b.name, "zh-CN"))) {
    const up = department.parent && ids.has(department.parent.id) ? department.parent.id : null;
    below.set(up, [...(below.get(up) ?? []), department]);
  }
  const walk = (up: number | null, depth: number): Branch<D>[] =>
    (below.get(up) ?? []).flatMap((department) => [
      { department, depth, children: below.get(department.id)?.length ?? 0 },
      ...walk(department.id, depth + 1),
    ]);
  return walk(null, 0);
}

/** Where a department may hang: anywhere but at itself or below itself. */
export function possibleParents<D extends Department>(departments: D[], id: number | null): Branch<D>[] {
  const branches = tree(departments);
  if (id === null) return branches;
  const at = branches.findIndex(({ department }) => department.id === id);
  const own = branches[at];
  if (!own) return branches;
  let end = at + 1;
  while ((branches[end]?.depth ?? -1) > own.depth) end += 1;
  return [...branches.slice(0, at), ...branches.slice(end)];
}
