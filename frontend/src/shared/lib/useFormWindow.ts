// What a form in a drawer and a form in a dialog have in common: Ctrl/⌘+Enter saves wherever the focus stands, closing asks before anything is lost.
import type { Ref } from "vue";
import type { AnyForm } from "./useForm.ts";
import { useSaveKey } from "./useSaveKey.ts";

export function useFormWindow(open: Ref<boolean>, form: () => AnyForm) {
  useSaveKey(
    () => open.value,
    () => form().submit(),
  );
  return async function cancel(): Promise<void> {
    if (await form().mayLeave()) open.value = false;
  };
}
