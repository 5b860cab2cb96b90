// Keyboard of the grid and the board as pure functions: a key and where we are → where we go and what happens.

export interface Cursor {
  /** Index of the active row, -1 before the first key. */
  active: number;
  /** Where a Shift selection began. */
  anchor: number;
}

export interface GridMove {
  cursor: Cursor;
  select?: "toggle" | "range" | "all" | "none";
  open?: boolean;
  menu?: boolean;
}

type Key = Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">;

export function gridKey(key: Key, cursor: Cursor, count: number, page: number): GridMove | null {
  if (count === 0 || key.altKey) return null;
  const chord = key.ctrlKey || key.metaKey;
  if (chord && key.key.toLowerCase() !== "a") return null; // Ctrl+K belongs to the palette
  const stay = { cursor };
  switch (key.key) {
    case " ":
      return { cursor: { active: cursor.active, anchor: cursor.active }, select: key.shiftKey ? "range" : "toggle" };
    case "Enter":
      return cursor.active < 0 ? null : { ...stay, open: true };
    case "Escape":
      return { ...stay, select: "none" };
    case "ContextMenu":
      return { ...stay, menu: true };
    case "F10":
      return key.shiftKey ? { ...stay, menu: true } : null;
    case "a":
    case "A":
      return chord ? { ...stay, select: "all" } : null;
    default:
  }
  const active = target(key.key, cursor.active, count, page);
  if (active === null) return null;
  return key.shiftKey
    ? { cursor: { active, anchor: cursor.anchor < 0 ? active : cursor.anchor }, select: "range" }
    : { cursor: { active, anchor: active } };
}

function target(key: string, active: number, count: number, page: number): number | null {
  const clamp = (index: number) => Math.max(0, Math.min(count - 1, index));
  switch (key) {
    case "ArrowDown":
    case "j":
      return clamp(active + 1);
    case "ArrowUp":
    case "k":
      return clamp(active - 1);
    case "PageDown":
      return clamp(active + page);
    case "PageUp":
      return clamp(active - page);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}

export function rangeOf<Row extends { id: number }>(rows: Row[], cursor: Cursor): number[] {
  const [from, to] = [cursor.anchor, cursor.active].toSorted((a, b) => a - b) as [number, number];
  return rows.slice(Math.max(0, from), to + 1).map((row) => row.id);
}

export interface Spot {
  column: number;
  card: number;
}
export type BoardMove = { spot: Spot } | { carry: -1 | 1 } | { open: true } | { menu: true };

/** Arrows walk, Alt+←/→ carries the card to the neighbouring column, M opens the menu of all of them. */
export function boardKey(key: Key, spot: Spot, sizes: number[]): BoardMove | null {
  const sideways = key.key === "ArrowRight" ? 1 : key.key === "ArrowLeft" ? -1 : 0;
  if (key.altKey) return sideways ? { carry: sideways } : null;
  if (key.ctrlKey || key.metaKey) return null;
  if (sideways) {
    let column = spot.column + sideways;
    while (sizes[column] === 0) column += sideways; // an empty column has no card to stand on
    const size = sizes[column];
    return size === undefined ? null : { spot: { column, card: Math.min(spot.card, size - 1) } };
  }
  const last = (sizes[spot.column] ?? 1) - 1;
  switch (key.key) {
    case "ArrowDown":
      return { spot: { ...spot, card: Math.min(last, spot.card + 1) } };
    case "ArrowUp":
      return { spot: { ...spot, card: Math.max(0, spot.card - 1) } };
    case "Home":
      return { spot: { ...spot, card: 0 } };
    case "End":
      return { spot: { ...spot, card: last } };
    case "Enter":
      return { open: true };
    case "m":
    case "M":
    case "ContextMenu":
      return { menu: true };
    case "F10":
      return key.shiftKey ? { menu: true } : null;
    default:
      return null;
  }
}
