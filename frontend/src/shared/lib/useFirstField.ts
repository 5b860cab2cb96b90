// Where the focus goes when a drawer or dialog with a form opens: its first field, also when it is mounted already open.
import { nextTick, type ShallowRef } from "vue";

const FIELD =
  ":is(input:not([readonly], [disabled], [type=radio]), input[role=combobox], textarea, select):not(.el-date-editor input)";

/** To be called on `open-auto-focus`, which both kit overlays emit when their focus trap starts. */
export function useFirstField(form: Readonly<ShallowRef<HTMLElement | null>>): () => Promise<void> {
  return async () => {
    await nextTick();
    await nextTick(); // the trap has put the focus on its own start; moving it inside the trap is allowed
    if (form.value?.contains(document.activeElement)) return; // somebody was faster
    form.value?.querySelector<HTMLElement>(FIELD)?.focus({ preventScroll: true });
  };
}

/** A kit select keeps every Esc to itself; one whose list is closed has no use for it, and the form is left. */
export function onEscape(event: KeyboardEvent, leave: () => unknown): void {
  const { target } = event;
  if (!(target instanceof HTMLElement) || !target.matches(".el-select [role=combobox][aria-expanded=false]")) return;
  event.stopPropagation();
  leave();
}
