// Arrow keys in a sheet of check boxes: to the sides from one to the next, up and down from module to module.
const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 };

/** Moves the focus from the box where the key was pressed; the ends are ends. */
export function moveFocus(event: KeyboardEvent, sheet: HTMLElement | null): void {
  const step = STEPS[event.key];
  if (!step || !sheet || event.ctrlKey || event.metaKey || event.altKey) return;
  const boxes = [...sheet.querySelectorAll<HTMLInputElement>("input[type=checkbox]")];
  const at = boxes.indexOf(event.target as HTMLInputElement);
  if (at < 0) return;
  event.preventDefault();
  const ahead = step > 0 ? boxes.slice(at + 1) : boxes.slice(0, at).toReversed();
  const upright = event.key === "ArrowUp" || event.key === "ArrowDown";
  ahead.find(({ dataset }) => !upright || "module" in dataset)?.focus();
}
