// The record of a page: what it is, which of its steps are open, its states while it is not there, and how one leaves
// it once it is deleted. `RecordPanel` takes `state` as it is: `<RecordPanel v-bind="state">`.
import { type QueryKey, type UndefinedInitialQueryOptions, useQuery } from "@tanstack/vue-query";
import { computed, ref, watch } from "vue";
import { type RouteLocationRaw, useRouter } from "vue-router";
import { may } from "../lib/may.ts";
import { useSession } from "./session.ts";

interface Stepped {
  allowed_actions: readonly string[];
}
interface Page<Row> {
  /** What the browser's tab says of it; without it the page's own title stays. */
  name?: (row: Row) => string;
  /** A failed refresh takes the page away instead of leaving what is known on it. */
  strict?: boolean;
  /** False while the address names no record yet. */
  known?: () => boolean;
}

/** `read` are the options of the generated read; they may depend on the route. */
export function useRecord<Row extends Stepped, Failure, Key extends QueryKey>(
  read: () => UndefinedInitialQueryOptions<Row, Failure, Row, Key>,
  { name, strict = false, known = () => true }: Page<Row> = {},
) {
  const router = useRouter();
  const session = useSession();
  const gone = ref(false);
  const { data, error, isPending, refetch } = useQuery(
    computed(() => ({ ...read(), enabled: known() && !gone.value })),
  );
  const row = computed(() => data.value as Row | undefined);
  if (name)
    watch(row, (now) => {
      if (now) document.title = `${name(now)} · ${session.me?.company_name ?? ""}`;
    });

  const state = computed(() => ({
    loading: isPending.value,
    error: row.value && !strict ? null : error.value,
    onRetry: () => void refetch(),
  }));
  /** After a delete: the record is not asked for again, and the way back leads past it. */
  function leave(to: RouteLocationRaw) {
    gone.value = true;
    return router.replace(to);
  }
  return { row, state, may: (step: Row["allowed_actions"][number]) => may(row.value, step), leave };
}
