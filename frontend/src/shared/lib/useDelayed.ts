import { type MaybeRefOrGetter, ref, toValue, watchEffect } from "vue";

/** True only after the flag has stayed up for a while: a skeleton that flashes is worse than none. */
export function useDelayed(flag: MaybeRefOrGetter<boolean>, ms = 150) {
  const late = ref(false);
  watchEffect((onCleanup) => {
    if (!toValue(flag)) {
      late.value = false;
      return;
    }
    const timer = setTimeout(() => (late.value = true), ms);
    onCleanup(() => clearTimeout(timer));
  });
  return late;
}
