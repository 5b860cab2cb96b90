// Keys and palette commands of the service page: the same steps as its buttons.
import { ArrowRight, Pencil } from "@lucide/vue";
import { t } from "@/shared/lib/i18n.ts";
import { useCommand } from "@/shared/lib/useCommand.ts";
import { useHotkeys } from "@/shared/lib/useHotkeys.ts";
import { DIALOGS, type DialogStep } from "./dialogs.ts";

interface Page {
  may: (step: string) => boolean;
  edit: () => void;
  /** The step that is next, when it is this person's. */
  next: () => DialogStep | null;
  show: (step: DialogStep) => void;
  extra: { step: string; run: () => void }[];
}

export function usePageKeys(page: Page): void {
  const goOn = () => {
    const step = page.next();
    if (step) page.show(step);
  };
  useHotkeys([
    { keys: "e", label: "services.keys.edit", run: () => page.may("update") && page.edit() },
    { keys: "n", label: "services.keys.next", run: goOn },
  ]);
  useCommand({
    id: "service-edit",
    group: "selection",
    title: () => t("services.edit"),
    keywords: "bianji edit",
    icon: Pencil,
    keys: "e",
    visible: () => page.may("update"),
    run: page.edit,
  });
  for (const step of DIALOGS) {
    useCommand({
      id: `service-${step}`,
      group: "selection",
      title: () => t(`services.step.${step}`),
      keywords: step,
      icon: ArrowRight,
      visible: () => page.may(step),
      run: () => page.show(step),
    });
  }
  for (const { step, run } of page.extra) {
    useCommand({
      id: `service-${step}`,
      group: "selection",
      title: () => t(`services.step.${step}`),
      keywords: step,
      visible: () => page.may(step),
      run,
    });
  }
}
