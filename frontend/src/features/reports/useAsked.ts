// What the address asks of analyses: the period and the filters in its query.
import { computed } from "vue";
import { useRoute, useRouter, type LocationQuery } from "vue-router";
import type { GetReportData } from "@/api/generated/types.gen";
import type { ReportDef } from "./codes.ts";
import { rangeOf, type Range } from "./period.ts";
import { localDate } from "@/shared/lib/time.ts";

export type ReportFilters = NonNullable<GetReportData["query"]>;
const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);
const id = (value: unknown) => (/^[1-9]\d{0,17}$/.test(text(value) ?? "") ? Number(value) : undefined);

function ofServices(query: LocationQuery): ReportFilters {
  const [type, category, product] = [text(query["type"]), text(query["category"]), id(query["product_id"])];
  return { ...(type && { type }), ...(category && { category }), ...(product && { product_id: product }) };
}

/** Reads period and filters as far as `def` knows them; without a period the present year, or now. */
export function useAsked(def: () => Omit<ReportDef, "code"> | undefined) {
  const route = useRoute();
  const router = useRouter();
  const range = computed<Range | null>(() => {
    const [from, to] = [text(route.query["from"]), text(route.query["to"])];
    if (from && to) return { from, to };
    return def()?.now ? null : rangeOf("year", localDate());
  });
  const filters = computed<ReportFilters>(() => {
    const { query } = route;
    const asked: ReportFilters = range.value ? { date_from: range.value.from, date_to: range.value.to } : {};
    const [region, manager, department] = [text(query["region"]), id(query["manager_id"]), id(query["department_id"])];
    if (region) asked.region = region;
    if (manager) asked.manager_id = manager;
    if (department) asked.department_id = department;
    const { switch: extra, ofServices: services } = def() ?? {};
    if (extra && query[extra] === "true") asked[extra] = true;
    return services ? { ...asked, ...ofServices(query) } : asked;
  });
  /** Sets filters in the address; undefined takes one out. */
  function narrow(values: Record<string, string | undefined>): void {
    void router.replace({ query: { ...route.query, ...values } });
  }
  return { range, filters, narrow };
}

/** The address of a report that asks the same; without filters, of the report as it opens. */
export function addressOf(code: string, filters?: ReportFilters) {
  const { date_from, date_to, region, manager_id, department_id } = filters ?? {};
  const query = { from: date_from, to: date_to, region, manager_id, department_id };
  const given = Object.entries(query).flatMap(([key, value]) => (value ? [[key, String(value)]] : []));
  return { path: `/reports/${code}`, query: Object.fromEntries(given) as Record<string, string> };
}
