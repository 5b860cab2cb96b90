// Flat rows with a parent as the rows of a tree. Pure; any noun that hangs in a tree may use it.
export interface Node {
  id: number;
  name: string;
  parent: { id: number } | null;
}
export interface Branch<Row> {
  row: Row;
  depth: number;
  children: number;
}

/** Every row once, under its parent, siblings by name; one whose parent is out of sight stands at the top. */
export function branchesOf<Row extends Node>(rows: Row[]): Branch<Row>[] {
  const ids = new Set(rows.map(({ id }) => id));
  const below = new Map<number | null, Row[]>();
  for (const row of rows.toSorted((a, b) => a.name.localeCompare(b.name, "zh-CN"))) {
    const up = row.parent && ids.has(row.parent.id) ? row.parent.id : null;
    below.set(up, [...(below.get(up) ?? []), row]);
  }
  const walk = (up: number | null, depth: number): Branch<Row>[] =>
    (below.get(up) ?? []).flatMap((row) => [
      { row, depth, children: below.get(row.id)?.length ?? 0 },
      ...walk(row.id, depth + 1),
    ]);
  return walk(null, 0);
}

/** Where a row may hang: anywhere but at itself or below itself. */
export function parentsFor<Row extends Node>(rows: Row[], id: number | null): Branch<Row>[] {
  const branches = branchesOf(rows);
  const at = branches.findIndex(({ row }) => row.id === id);
  const own = branches[at];
  if (!own) return branches;
  let end = at + 1;
  while ((branches[end]?.depth ?? -1) > own.depth) end += 1;
  return [...branches.slice(0, at), ...branches.slice(end)];
}

/** Each row with its way from the top, `硬件 / 传感器`, in the order of the tree. */
export function pathsOf<Row extends Node>(rows: Row[]): { row: Row; path: string }[] {
  const way: string[] = [];
  return branchesOf(rows).map(({ row, depth }) => {
    way.splice(depth, way.length, row.name);
    return { row, path: way.join(" / ") };
  });
}
