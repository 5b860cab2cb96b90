// What the grid needs of a view; `useListView` gives it, and `staticView` makes one of rows that are already here.
import { type InjectionKey, reactive } from "vue";
import type { Column } from "./columns.ts";

/** Told to what stands in a column of a list: there one form runs down the page, where prose says "3 days ago". */
export const IN_COLUMN: InjectionKey<boolean> = Symbol("in a column");

export interface GridView<Row> {
  rows: Row[];
  columns: Column<Row>[];
  state: { sort: string | null };
  selected: Set<number>;
  total: number | null;
  isFiltered: boolean;
  loading: boolean;
  refreshing: boolean;
  error: unknown;
  hasMore: boolean;
  loadingMore: boolean;
  select: (ids: Iterable<number>) => void;
  loadMore: () => void;
  refetch: () => void;
  setSort: (sort: string) => void;
  clearFilters: () => void;
}

const nothing = () => undefined;

export function staticView<Row>(rows: Row[], columns: Column<Row>[], more: Partial<GridView<Row>> = {}): GridView<Row> {
  const view: GridView<Row> = reactive({
    rows,
    columns,
    state: { sort: null },
    selected: new Set<number>(),
    total: rows.length,
    isFiltered: false,
    loading: false,
    refreshing: false,
    error: null,
    hasMore: false,
    loadingMore: false,
    select: (ids: Iterable<number>) => (view.selected = new Set(ids)),
    loadMore: nothing,
    refetch: nothing,
    setSort: nothing,
    clearFilters: nothing,
    ...more,
  }) as GridView<Row>;
  return view;
}
