// One report as the address asks for it: code in the path, period and filters in the query.
import { useQuery } from "@tanstack/vue-query";
import { computed } from "vue";
import { useRoute } from "vue-router";
import { getReport } from "@/api/generated/sdk.gen";
import type { ReportCode, ReportRead } from "@/api/generated/types.gen";
import { defOf } from "./codes.ts";
import { useAsked, type ReportFilters } from "./useAsked.ts";

/** Asks for one analysis; whoever asks the same, on any page, shares the answer. */
export const asking = (code: ReportCode, query: ReportFilters) => ({
  queryKey: [{ _id: "getReport", code, query }],
  queryFn: ({ signal }: { signal: AbortSignal }) => getReport({ path: { code }, query, signal }),
});

export function useReport() {
  const route = useRoute();
  const code = computed(() => (defOf(String(route.params["code"]))?.code ?? "contribution") as ReportCode);
  const asked = useAsked(() => defOf(code.value));
  const answer = useQuery(
    computed(() => ({
      ...asking(code.value, asked.filters.value),
      placeholderData: (before: ReportRead | undefined) => (before?.code === code.value ? before : undefined),
    })),
  );
  return { code, ...asked, ...answer };
}
