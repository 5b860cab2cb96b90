// A report as a file: at once, or, where that is too much, written in the background and fetched when it is done.
import { useQuery } from "@tanstack/vue-query";
import { computed, ref, watch } from "vue";
import { isApiError } from "@/api/errors.ts";
import { createReportExport, downloadReportExport, exportReport, listReportExports } from "@/api/generated/sdk.gen";
import type { ExportRead, ReportCode } from "@/api/generated/types.gen";
import { language, t } from "@/shared/lib/i18n.ts";
import { toast } from "@/shared/lib/toast.ts";
import { AS_FILE, saved } from "@/shared/lib/files.ts";
import type { ReportFilters } from "./useAsked.ts";

export type Format = ExportRead["format"];
const POLL_MS = 1500;

async function fetchFile(task: ExportRead): Promise<void> {
  const call = downloadReportExport({ path: { export_id: task.id }, ...AS_FILE });
  try {
    toast.success(t("reports.export.done", { name: await saved(call, `report.${task.format}`) }));
  } catch (error) {
    toast.error(error);
  }
}

export function useExports() {
  const writing = ref(false);
  const looking = ref(false);
  /** What was asked for on this page and is fetched as soon as it is there. */
  const awaited = ref(new Set<number>());
  const tasks = useQuery({
    queryKey: [{ _id: "listReportExports" }],
    queryFn: ({ signal }) => listReportExports({ signal }),
    enabled: () => looking.value || awaited.value.size > 0,
    refetchInterval: ({ state }) => (state.data?.items.some((one) => one.status === "waiting") ? POLL_MS : false),
  });
  const items = computed(() => tasks.data.value?.items ?? []);

  function finish(task: ExportRead): void {
    awaited.value.delete(task.id);
    if (task.status === "done") void fetchFile(task);
    else toast.info(t("reports.export.failed", { why: task.problem ?? "" }));
  }
  watch(items, (all) => {
    for (const task of all) if (task.status !== "waiting" && awaited.value.has(task.id)) finish(task);
  });

  async function queue(code: ReportCode, query: ReportFilters, format: Format): Promise<void> {
    const task = await createReportExport({ body: { code, query, format, language: language() } });
    awaited.value.add(task.id);
    toast.info(t("reports.export.large"));
  }
  async function write(code: ReportCode, query: ReportFilters, format: Format): Promise<void> {
    writing.value = true;
    try {
      const call = exportReport({ path: { code }, query: { ...query, format, language: language() }, ...AS_FILE });
      toast.success(t("reports.export.done", { name: await saved(call, `report.${format}`) }));
    } catch (error) {
      const large = isApiError(error, "conflict") && error.problem["code"] === "too_large";
      await (large ? queue(code, query, format) : Promise.reject(error)).catch(toast.error);
    } finally {
      writing.value = false;
    }
  }
  const busy = computed(() => writing.value || awaited.value.size > 0);
  return { busy, looking, items, error: tasks.error, pending: tasks.isPending, write, fetchFile };
}
