// A message at a field goes when the field is mended, before anybody saves again.
import { type Ref, watch } from "vue";
import type { FieldErrors } from "./formErrors.ts";

const fieldOf = (name: string): string => name.split(".")[0] ?? name;

/** `judge` tells what is wrong by now: its own messages stay as long as it finds them, the server's until their field is another. */
export function useMended(values: object, errors: Ref<FieldErrors>, judge: () => FieldErrors): void {
  const picture = (): Record<string, string> =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, JSON.stringify(value) ?? ""]));
  let about = picture();
  let own = new Set<string>();
  watch(
    errors,
    (shown) => {
      about = picture();
      const found = judge();
      own = new Set(Object.keys(shown).filter((name) => name in found));
    },
    { flush: "sync" },
  );
  watch(
    () => (Object.keys(errors.value).length > 0 ? picture() : null),
    (now) => {
      if (!now) return;
      const found = judge();
      const still = (name: string) =>
        own.has(name) ? name in found : about[fieldOf(name)] === now[fieldOf(name)] || name in found;
      const left = Object.entries(errors.value).filter(([name]) => still(name));
      if (left.length < Object.keys(errors.value).length) errors.value = Object.fromEntries(left);
    },
  );
}
