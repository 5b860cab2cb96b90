// Putting one item of a list somewhere else.

/** The list with the item at `from` standing at `to`; the same list where nothing moves. */
export function moved<Item>(list: Item[], from: number, to: number): Item[] {
  const item = list[from];
  if (item === undefined || from === to || to < 0 || to >= list.length) return list;
  const rest = list.toSpliced(from, 1);
  return rest.toSpliced(to, 0, item);
}

/** Where an item dropped on the upper or lower half of another one stands once it has left its own place. */
export function dropIndex(from: number, over: number, below: boolean): number {
  const gap = below ? over + 1 : over;
  return gap > from ? gap - 1 : gap;
}
