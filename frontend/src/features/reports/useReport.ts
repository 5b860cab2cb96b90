// One report as the address asks for it: code in the path, period and filters in the query.
import { useQuery } from "@tanstack/vue-query";
import { computed } from "vue";
import { useRoute, useRouter, type LocationQuery } from "vue-router";
import { getReport } from "@/api/generated/sdk.gen";
import type { GetReportData, ReportCode } from "@/api/generated/types.gen";
import { localDate } from "@/shared/lib/format.ts";
import { defOf } from "./codes.ts";
import { rangeOf, type Range } from "./period.ts";

export type ReportFilters = NonNullable<GetReportData["query"]>;
const text = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);
const id = (value: unknown) => (/^[1-9]\d{0,17}$/.test(text(value) ?? "") ? Number(value) : undefined);

function ofServices(query: LocationQuery): ReportFilters {
  const [type, category, product] = [text(query["type"]), text(query["category"]), id(query["product_id"])];
  return { ...(type && { type }), ...(category && { category }), ...(product && { product_id: product }) };
}

export function useReport() {
  const route = useRoute();
  const router = useRouter();
  const code = computed(() => (defOf(String(route.params["code"]))?.code ?? "contribution") as ReportCode);
  const range = computed<Range | null>(() => {
    const [from, to] = [text(route.query["from"]), text(route.query["to"])];
    if (from && to) return { from, to };
    return defOf(code.value)?.now ? null : rangeOf("year", localDate());
  });
  const filters = computed<ReportFilters>(() => {
    const { query } = route;
    const asked: ReportFilters = range.value ? { date_from: range.value.from, date_to: range.value.to } : {};
    const [region, manager, department] = [text(query["region"]), id(query["manager_id"]), id(query["department_id"])];
    if (region) asked.region = region;
    if (manager) asked.manager_id = manager;
    if (department) asked.department_id = department;
    const def = defOf(code.value);
    if (def?.switch && query[def.switch] === "true") asked[def.switch] = true;
    return def?.ofServices ? { ...asked, ...ofServices(query) } : asked;
  });
  /** Sets filters in the address; undefined takes one out. */
  function narrow(values: Record<string, string | undefined>): void {
    void router.replace({ query: { ...route.query, ...values } });
  }
  const asking = useQuery({
    queryKey: computed(() => [{ _id: "getReport", code: code.value, query: filters.value }]),
    queryFn: ({ signal }) => getReport({ path: { code: code.value }, query: filters.value, signal }),
    placeholderData: (before) => (before?.code === code.value ? before : undefined),
  });
  return { code, range, filters, narrow, ...asking };
}
