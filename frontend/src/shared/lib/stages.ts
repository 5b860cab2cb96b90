// The stages of the sales processes in the reader's language; rows carry only an id and the Chinese name.
import { useQuery } from "@tanstack/vue-query";
import { computed } from "vue";
import { listProcessesOptions } from "@/api/generated/@tanstack/vue-query.gen";
import { language } from "./i18n.ts";

const TEN_MINUTES = 600_000;

const word = (stage: { name: string; name_en: string | null }) =>
  language() === "en-US" ? (stage.name_en ?? stage.name) : stage.name;

export function useStages() {
  const { data } = useQuery({ ...listProcessesOptions(), staleTime: TEN_MINUTES });
  const processes = computed(() => data.value ?? []);
  const all = computed(() =>
    processes.value.flatMap((process) => process.stages.map((stage) => ({ ...stage, label: word(stage) }))),
  );

  const name = (stage: { id: number; name: string } | null | undefined): string =>
    stage ? (all.value.find((one) => one.id === stage.id)?.label ?? stage.name) : "—";
  /** The stages of the process that a stage belongs to, in order; without one those of the default process. */
  function siblings(stageId?: number) {
    const process =
      processes.value.find((one) => one.stages.some((stage) => stage.id === stageId)) ??
      processes.value.find((one) => one.is_default);
    return process?.stages.map((stage) => ({ ...stage, label: word(stage) })) ?? [];
  }
  return { all, name, siblings };
}
