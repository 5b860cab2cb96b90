// Ctrl/⌘+Enter saves, wherever the focus stands: it is heard before any control, since the kit's selects keep every Enter to themselves.
import { useEventListener } from "@vueuse/core";
import { onScopeDispose, watch } from "vue";
import { isComposing } from "./useHotkeys.ts";

export const isSaveKey = (event: KeyboardEvent): boolean =>
  event.key === "Enter" && (event.ctrlKey || event.metaKey) && !isComposing(event);

/** Of windows that lie on one another, the one that was opened last is meant. */
const windows: symbol[] = [];

export function useSaveKey(open: () => boolean, save: () => unknown): void {
  const mine = Symbol("window");
  function close(): void {
    const at = windows.indexOf(mine);
    if (at >= 0) windows.splice(at, 1);
  }
  watch(
    open,
    (is) => {
      close();
      if (is) windows.push(mine);
    },
    { immediate: true, flush: "sync" },
  );
  onScopeDispose(close);
  function onKeydown(event: KeyboardEvent): void {
    if (!isSaveKey(event) || windows.at(-1) !== mine) return;
    event.preventDefault();
    event.stopPropagation();
    void save();
  }
  useEventListener(document, "keydown", onKeydown, { capture: true });
}
