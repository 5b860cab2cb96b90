// A new record that the address asks for (`?new=1`): a link opens its form, Back closes it, a reload keeps it.
import { computed } from "vue";
import { useRoute, useRouter } from "vue-router";

/**
 * @param allowed Whether the reader may make one: others find the list behind the address.
 * @param origin How the addresses begin to which a form that came from there returns when it is called off.
 */
export function useCreating(allowed: boolean, origin?: string) {
  const route = useRoute();
  const router = useRouter();
  let leaving = false;
  const creating = computed(() => Boolean(route.query.new) && allowed);
  const create = () => router.push({ query: { ...route.query, new: "1" } });

  function stop(): void {
    if (leaving || !creating.value) return; // on the way to the new record: another navigation would call it off
    const from: unknown = window.history.state?.back;
    if (origin && typeof from === "string" && from.startsWith(origin)) return router.back();
    const { new: _new, ...query } = route.query;
    void router.replace({ query });
  }

  /** Go to what was made. Back comes to the list, not to its empty form. */
  function made(path: string): void {
    leaving = true;
    void router.replace(path);
  }
  return { creating, create, stop, made };
}
