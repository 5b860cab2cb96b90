// Keys and palette commands of the chance page: the same steps as its buttons.
import { MessageSquarePlus, Pencil } from "@lucide/vue";
import { t } from "@/shared/lib/i18n.ts";
import { useSession } from "@/shared/domain/session.ts";
import { useCommand } from "@/shared/lib/useCommand.ts";
import { useHotkeys } from "@/shared/lib/useHotkeys.ts";

const SHOWN = ["assign", "reassign", "propose", "succeed", "fail"] as const;
interface Page {
  may: (step: string) => boolean;
  edit: () => void;
  log: () => unknown;
  show: (step: (typeof SHOWN)[number]) => void;
}

export function usePageKeys(page: Page): void {
  const session = useSession();
  const logs = () => session.can("activities:write");
  useHotkeys([
    { keys: "e", label: "chances.keys.edit", run: () => page.may("update") && page.edit() },
    { keys: "l", label: "chances.keys.log", run: () => logs() && page.log() },
  ]);
  useCommand({
    id: "chance-log",
    group: "selection",
    title: () => t("menu.logActivity"),
    keywords: "genjin jigenjin log",
    icon: MessageSquarePlus,
    keys: "l",
    visible: logs,
    run: () => void page.log(),
  });
  useCommand({
    id: "chance-edit",
    group: "selection",
    title: () => t("chances.edit"),
    keywords: "bianji edit",
    icon: Pencil,
    keys: "e",
    visible: () => page.may("update"),
    run: page.edit,
  });
  for (const step of SHOWN) {
    useCommand({
      id: `chance-${step}`,
      group: "selection",
      title: () => t(`chances.step.${step}`),
      keywords: step,
      visible: () => page.may(step),
      run: () => page.show(step),
    });
  }
}
