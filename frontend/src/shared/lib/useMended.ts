// A message at a field goes when the field is mended, before anybody saves again.
import { type Ref, watch } from "vue";
import type { FieldErrors } from "./formErrors.ts";

/** What stands at `lines.0.count`; of a field that is no more, nothing. */
const at = (values: object, name: string): string =>
  JSON.stringify(name.split(".").reduce<unknown>((part, key) => Reflect.get(Object(part), key), values)) ?? "";

/** `judge` tells what is wrong by now: its own messages stay as long as it finds them, the server's until their field is another. */
export function useMended(values: object, errors: Ref<FieldErrors>, judge: () => FieldErrors): void {
  let about = new Map<string, string>();
  let own = new Set<string>();
  watch(
    errors,
    (shown) => {
      const names = Object.keys(shown);
      about = new Map(names.map((name) => [name, at(values, name)]));
      const found = judge();
      own = new Set(names.filter((name) => name in found));
    },
    { flush: "sync" },
  );
  watch(
    () => (Object.keys(errors.value).length > 0 ? JSON.stringify(values) : null),
    (now) => {
      if (!now) return;
      const found = judge();
      const still = (name: string) =>
        own.has(name) ? name in found : about.get(name) === at(values, name) || name in found;
      const left = Object.entries(errors.value).filter(([name]) => still(name));
      if (left.length < Object.keys(errors.value).length) errors.value = Object.fromEntries(left);
    },
  );
}
