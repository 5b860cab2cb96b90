/** Puts a floating box under its anchor, or above it when there is no room, inside the window. */
export function place(box: HTMLElement, anchor: Element, end = false): void {
  const a = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = box;
  const gap = 4;
  const left = end ? a.right - width : a.left;
  const below = a.bottom + gap + height <= innerHeight || a.top < height + gap;
  box.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
  box.style.top = `${Math.max(8, below ? Math.min(a.bottom + gap, innerHeight - height - 8) : a.top - gap - height)}px`;
}
