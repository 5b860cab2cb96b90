// The one way to build a list page: search, tab, filters, sort, columns and mode live in the URL; rows come page by page from the server.
import { useInfiniteQuery } from "@tanstack/vue-query";
import { computed, markRaw, reactive, ref, watch } from "vue";
import { useRoute, useRouter } from "vue-router";
import type { ApiError } from "@/api/errors.ts";
import type { Column } from "./columns.ts";
import { type ListSpec, type ListState, parseQuery, toRequest, writeQuery } from "./listQuery.ts";

export interface Page<Row> {
  items: Row[];
  next_cursor: string | null;
  total: number | null;
  total_is_exact: boolean | null;
}

export interface ListViewOptions<Row extends { id: number }, Query> extends ListSpec {
  /** Operation id of the list, e.g. `listChances`: the cache key that writes invalidate. */
  operation: string;
  columns: Column<Row>[];
  fetch: (query: Query, signal: AbortSignal) => Promise<Page<Row>>;
  /** Always asked, e.g. `{ customer_id: 7 }` for a related list. */
  fixed?: () => Partial<Query>;
  enabled?: () => boolean;
  pageSize?: number;
}

const storeKey = (operation: string) => `kith.columns.${operation}`;

export function useListView<Row extends { id: number }, Query = Record<string, unknown>>(
  options: ListViewOptions<Row, Query>,
) {
  const route = useRoute();
  const router = useRouter();
  const home = route.path;
  const state = ref<ListState>(parseQuery(route.query, options));
  watch(
    () => route.query,
    (query) => {
      if (route.path === home) state.value = parseQuery(query, options);
    },
  );

  function change(part: Partial<ListState>, how: "push" | "replace" = "push"): void {
    state.value = { ...state.value, ...part };
    void router[how]({ query: writeQuery(state.value, options, route.query), hash: route.hash });
  }

  const request = computed(() => ({ ...toRequest(state.value, options), ...options.fixed?.() }));
  const query = useInfiniteQuery<Page<Row>, ApiError>({
    queryKey: computed(() => [{ _id: options.operation, infinite: true, query: request.value }]) as never,
    queryFn: ({ pageParam, signal }) => {
      const page = { limit: options.pageSize ?? 100, ...(pageParam ? { cursor: pageParam } : {}) };
      return options.fetch({ ...request.value, ...page } as Query, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (last: Page<Row>) => last.next_cursor,
    enabled: computed(() => options.enabled?.() ?? true),
    placeholderData: (before) => before, // the old rows stay, dimmed, until the new ones are there
    shallow: true,
  });

  // Rows are only ever replaced. Watching each field of thousands of them costs more than drawing them.
  const rows = computed<Row[]>(() => markRaw(query.data.value?.pages.flatMap((page) => page.items) ?? []));
  const head = computed(() => query.data.value?.pages[0]);

  const stored = localStorage.getItem(storeKey(options.operation))?.split(",");
  const shownKeys = computed(
    () =>
      state.value.columns ?? stored ?? options.columns.filter((column) => !column.optional).map((column) => column.key),
  );
  const columns = computed(() =>
    markRaw(options.columns.filter((column, at) => at === 0 || shownKeys.value.includes(column.key))),
  );
  function showColumns(keys: string[]): void {
    localStorage.setItem(storeKey(options.operation), keys.join(","));
    change({ columns: keys }, "replace");
  }

  // A selection lives as long as its rows are shown: what another question, another mode or an act took away is not chosen any more.
  const selected = ref(new Set<number>());
  watch(request, () => (selected.value = new Set()));
  const selectedRows = computed(() => rows.value.filter((row) => selected.value.has(row.id)));
  watch(selectedRows, (left) => {
    if (left.length < selected.value.size) selected.value = new Set(left.map(({ id }) => id));
  });

  const isFiltered = computed(() => state.value.q !== "" || Object.keys(state.value.filters).length > 0);

  return reactive({
    spec: options as ListSpec,
    allColumns: options.columns,
    state,
    request,
    rows,
    columns,
    shownKeys,
    showColumns,
    selected,
    selectedRows,
    select: (ids: Iterable<number>) => (selected.value = new Set(ids)),
    clearSelection: () => (selected.value = new Set()),
    total: computed(() => head.value?.total ?? null),
    totalIsExact: computed(() => head.value?.total_is_exact ?? true),
    isFiltered,
    loading: computed(() => query.isPending.value),
    refreshing: computed(() => query.isPlaceholderData.value),
    error: computed(() => query.error.value),
    hasMore: query.hasNextPage,
    loadingMore: query.isFetchingNextPage,
    loadMore: () => {
      if (query.hasNextPage.value && !query.isFetchingNextPage.value) void query.fetchNextPage();
    },
    refetch: () => void query.refetch(),
    search: (q: string) => change({ q: q.trim() }, "replace"),
    setTab: (tab: string) => change({ tab }),
    setMode: (mode: string) => change({ mode }),
    setSort: (sort: string | null) => change({ sort }, "replace"),
    setFilter: (values: Record<string, string[]>) => {
      const merged = Object.entries({ ...state.value.filters, ...values }).filter(([, list]) => list.length > 0);
      change({ filters: Object.fromEntries(merged) });
    },
    clearFilters: () => change({ filters: {}, q: "" }),
  });
}

export type ListView = ReturnType<typeof useListView<{ id: number }>>;
