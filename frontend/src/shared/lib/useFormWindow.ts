// What a form in a drawer and a form in a dialog have in common: Ctrl/⌘+Enter saves wherever the focus stands, closing asks before anything is lost.
import { useEventListener } from "@vueuse/core";
import type { Ref } from "vue";
import type { AnyForm } from "./useForm.ts";
import { isComposing } from "./useHotkeys.ts";

export function useFormWindow(open: Ref<boolean>, form: () => AnyForm) {
  useEventListener(document, "keydown", (event: KeyboardEvent) => {
    if (!open.value || event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || isComposing(event)) return;
    event.preventDefault();
    void form().submit();
  });
  return async function cancel(): Promise<void> {
    if (await form().mayLeave()) open.value = false;
  };
}
