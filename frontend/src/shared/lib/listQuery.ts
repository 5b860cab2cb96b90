// A list's whole state as a URL query and back. Pure: what a link says is what the page shows, and a saved view is this state with a name.
import type { LocationQuery, LocationQueryRaw } from "vue-router";

export interface Option {
  value: string;
  label: string;
  detail?: string | undefined;
}

export interface FilterDef {
  /** Query parameter; a range has two, in `params`. */
  key: string;
  /** i18n key. */
  title: string;
  kind: "choices" | "choice" | "numbers" | "dates" | "flag";
  params?: [from: string, to: string];
  options?: () => Option[];
  /** People and records: asked of the server while typing. An empty word gives the first few, ids (`#7`) give names back. */
  search?: (word: string, signal: AbortSignal) => Promise<Option[]>;
}

export interface ListSpec {
  filters: FilterDef[];
  tabs?: string[];
  defaultTab?: string;
  defaultSort?: string;
  modes?: string[];
}

export interface ListState {
  tab: string | null;
  mode: string | null;
  q: string;
  sort: string | null;
  /** Query parameter → its values. */
  filters: Record<string, string[]>;
  columns: string[] | null;
}

export const paramsOf = (filter: FilterDef): string[] => filter.params ?? [filter.key];

function all(value: LocationQuery[string] | undefined): string[] {
  return (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === "string" && one !== "");
}
const first = (value: LocationQuery[string] | undefined): string | null => all(value)[0] ?? null;

const known = (value: string | null, allowed: string[] | undefined): string | null =>
  value && allowed?.includes(value) ? value : null;

export function parseQuery(query: LocationQuery, spec: ListSpec): ListState {
  const filters: Record<string, string[]> = {};
  for (const param of spec.filters.flatMap(paramsOf)) {
    const values = all(query[param]);
    if (values.length > 0) filters[param] = values;
  }
  return {
    tab: known(first(query.tab), spec.tabs) ?? spec.defaultTab ?? spec.tabs?.[0] ?? null,
    mode: known(first(query.view), spec.modes) ?? spec.modes?.[0] ?? null,
    q: first(query.q) ?? "",
    sort: first(query.sort) ?? spec.defaultSort ?? null,
    filters,
    columns: first(query.cols)?.split(",") ?? null,
  };
}

/** Only what differs from the default is written; parameters of others on the page stay. */
export function writeQuery(state: ListState, spec: ListSpec, present: LocationQuery = {}): LocationQueryRaw {
  const params = spec.filters.flatMap(paramsOf);
  const mine = new Set(["tab", "view", "q", "sort", "cols", ...params]);
  const query: LocationQueryRaw = Object.fromEntries(Object.entries(present).filter(([key]) => !mine.has(key)));
  if (state.tab && state.tab !== (spec.defaultTab ?? spec.tabs?.[0])) query.tab = state.tab;
  if (state.mode && state.mode !== spec.modes?.[0]) query.view = state.mode;
  if (state.q) query.q = state.q;
  if (state.sort && state.sort !== (spec.defaultSort ?? null)) query.sort = state.sort;
  for (const param of params) {
    const values = state.filters[param] ?? [];
    if (values.length > 0) query[param] = values.length === 1 ? (values[0] as string) : values;
  }
  if (state.columns) query.cols = state.columns.join(",");
  return query;
}

/** What the server is asked: no `view`, no columns; lists as arrays, the rest as single values. */
export function toRequest(state: ListState, spec: ListSpec): Record<string, unknown> {
  const request: Record<string, unknown> = {};
  if (state.tab && state.tab !== "all") request.tab = state.tab;
  if (state.q) request.q = state.q;
  if (state.sort) request.sort = state.sort;
  for (const filter of spec.filters) {
    for (const param of paramsOf(filter)) {
      const values = state.filters[param];
      if (values?.length) request[param] = filter.kind === "choices" ? values : values[0];
    }
  }
  return request;
}
