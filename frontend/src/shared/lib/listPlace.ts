// Where somebody was in a list, by the entry of the history that shows it: Back comes to the same place and row, a new visit begins at the top.
import { nextTick, onMounted, watch } from "vue";
import { onBeforeRouteLeave, useRouter } from "vue-router";

export interface ListPlace {
  /** The row that was opened, 0 without one. */
  row: number;
  top: number;
  /** How many rows had been read. */
  count: number;
}
interface Reading {
  rows: { id: number }[];
  hasMore: boolean;
  loadingMore: boolean;
  loadMore: () => void;
}

const AT_MOST = 50;
const places = new Map<string, ListPlace>();

interface Entry {
  position?: number;
  forward?: string | null;
}
const entry = () => (history.state ?? {}) as Entry;

export function keepPlace(key: string, place: ListPlace): void {
  places.delete(key);
  places.set(key, place);
  const [oldest] = places.keys();
  if (places.size > AT_MOST && oldest !== undefined) places.delete(oldest);
}

/** Only who comes back has an entry before them. */
export const placeOf = (key: string, { forward }: Entry): ListPlace | undefined =>
  forward ? places.get(key) : undefined;

/** `name` tells the lists of a page apart; `now` is asked when the page is left; `restore` is told once as many rows are there as had been read. */
export function useListPlace(
  name: string,
  view: () => Reading,
  now: () => Omit<ListPlace, "count">,
  restore: (place: ListPlace) => void,
): void {
  const router = useRouter();
  if (!router) return;
  const key = () => `${name}${entry().position} ${router.currentRoute.value.fullPath}`;
  // Going back, the browser stands at the other entry before anybody is asked: the key is the one of before.
  let mine = key();
  watch(router.currentRoute, () => (mine = key()), { flush: "sync" });
  onBeforeRouteLeave(() => keepPlace(mine, { ...now(), count: view().rows.length }));

  onMounted(() => {
    const place = placeOf(mine, entry());
    if (!place) return;
    const stop = watch(
      () => [view().rows.length, view().loadingMore] as const,
      async ([count, loading]) => {
        if (count === 0 || loading) return;
        if (count < place.count && view().hasMore) return view().loadMore();
        await nextTick();
        stop();
        restore(place);
      },
      { immediate: true, flush: "post" },
    );
  });
}
