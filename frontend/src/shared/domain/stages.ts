// The stages of the sales processes in the reader's language; rows carry only an id and the Chinese name.
import { useQuery } from "@tanstack/vue-query";
import { computed } from "vue";
import { listProcessesOptions } from "@/api/generated/@tanstack/vue-query.gen";
import { nameIn } from "../lib/i18n.ts";

const TEN_MINUTES = 600_000;

interface Named {
  name: string;
  name_en: string | null;
}

/**
 * All stages, each with its label and one that stands alone: where two have one name, it tells the process, and of a
 * process that was replaced the revision.
 */
export function distinct<S extends Named>(
  processes: (Named & { revision: number; retired: boolean; stages: S[] })[],
): (S & { label: string; alone: string })[] {
  const all = processes.flatMap((process) => process.stages.map((stage) => ({ process, stage, label: nameIn(stage) })));
  return all.map(({ process, stage, label }) => {
    const shared = all.some((other) => other.stage !== stage && other.label === label);
    const where = `${nameIn(process)}${process.retired ? ` v${process.revision}` : ""}`;
    return { ...stage, label, alone: shared ? `${label} · ${where}` : label };
  });
}

export function useStages() {
  const { data } = useQuery({ ...listProcessesOptions(), staleTime: TEN_MINUTES });
  const processes = computed(() => data.value ?? []);
  const all = computed(() => distinct(processes.value));

  const name = (stage: { id: number; name: string } | null | undefined): string =>
    stage ? (all.value.find((one) => one.id === stage.id)?.label ?? stage.name) : "—";
  /** As `name`, where stages of several processes stand side by side. */
  const nameAlone = (stage: { id: number; name: string }): string =>
    all.value.find((one) => one.id === stage.id)?.alone ?? stage.name;
  const processOf = (stageId: number) =>
    processes.value.find((one) => one.stages.some((stage) => stage.id === stageId));
  /** What a new chance can start in, the default first. */
  const choices = computed(() =>
    processes.value
      .filter((one) => one.enabled && !one.retired)
      .map((one) => ({ id: one.id, label: nameIn(one), isDefault: one.is_default })),
  );
  const processName = (process: { id: number; name: string }): string => {
    const known = processes.value.find((one) => one.id === process.id);
    return known ? nameIn(known) : process.name;
  };
  /**
   * The stages of the process that a stage belongs to, in order; without one those of the default process. Of a retired
   * process that nothing is in any more only the stage itself is known.
   */
  function siblings(stageId?: number) {
    const process = stageId ? processOf(stageId) : processes.value.find((one) => one.is_default);
    return process?.stages.map((stage) => ({ ...stage, label: nameIn(stage) })) ?? [];
  }
  return { all, name, nameAlone, siblings, choices, processName };
}
