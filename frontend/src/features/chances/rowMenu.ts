// The menu of a row: log, then the steps that this person may take with it.
import { Ban, MessageSquarePlus, RotateCcw, Trash2, Trophy, UserRoundCheck, UserRoundPlus } from "@lucide/vue";
import type { ChanceRow } from "@/api/generated/types.gen";
import type { MenuItem } from "@/shared/lib/ask.ts";
import { t } from "@/shared/lib/i18n.ts";
import { may } from "@/shared/lib/may.ts";
import type { useSession } from "@/shared/domain/session.ts";
import type { ChanceSteps } from "./dialogs.ts";

export function rowMenu(row: ChanceRow, steps: ChanceSteps, session: ReturnType<typeof useSession>): MenuItem[] {
  const items: (MenuItem | false)[] = [
    session.can("activities:write") && {
      key: "log",
      label: t("menu.logActivity"),
      icon: MessageSquarePlus,
      run: () => steps.log(row),
    },
    may(row, "assign") && {
      key: "assign",
      label: t("chances.step.assign"),
      icon: UserRoundPlus,
      hint: row.proposed ? t("chances.proposedShort", { name: row.proposed.name }) : undefined,
      run: () => (steps.dialog.value = { step: "assign", chance: row }),
    },
    may(row, "propose") && {
      key: "propose",
      label: t("chances.step.propose"),
      icon: UserRoundCheck,
      run: () => (steps.dialog.value = { step: "propose", chance: row }),
    },
    may(row, "reassign") && {
      key: "reassign",
      label: t("chances.step.reassign"),
      icon: UserRoundPlus,
      run: () => (steps.dialog.value = { step: "reassign", chance: row }),
    },
    may(row, "take_back") && {
      key: "take_back",
      label: t("chances.step.take_back"),
      icon: RotateCcw,
      run: () => void steps.takeBack(row),
    },
    may(row, "succeed") && {
      key: "succeed",
      label: t("chances.step.succeed"),
      icon: Trophy,
      run: () => (steps.dialog.value = { step: "succeed", chance: row }),
    },
    may(row, "fail") && {
      key: "fail",
      label: t("chances.step.fail"),
      icon: Ban,
      run: () => (steps.dialog.value = { step: "fail", chance: row }),
    },
    may(row, "delete") && {
      key: "delete",
      label: t("chances.step.delete"),
      icon: Trash2,
      tone: "danger",
      run: () => void steps.remove(row),
    },
  ];
  return items.filter((item): item is MenuItem => item !== false);
}
