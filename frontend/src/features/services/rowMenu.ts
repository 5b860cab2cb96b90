// The menu of a row: the steps that this person may take with it.
import { CornerUpLeft, MessageSquareHeart, UserRoundPlus, Undo2, Wrench, Ban } from "@lucide/vue";
import type { ServiceRow } from "@/api/generated/types.gen";
import type { MenuItem } from "@/shared/lib/ask.ts";
import { t } from "@/shared/lib/i18n.ts";
import { may } from "@/shared/lib/may.ts";
import type { ServiceSteps } from "./dialogs.ts";

const STEPS = [
  { step: "deal", icon: Wrench },
  { step: "feedback", icon: MessageSquareHeart },
  { step: "assign", icon: UserRoundPlus },
  { step: "reassign", icon: UserRoundPlus },
  { step: "take_back", icon: Undo2 },
  { step: "return", icon: CornerUpLeft },
  { step: "void", icon: Ban },
] as const;

export function rowMenu(row: ServiceRow, steps: ServiceSteps): MenuItem[] {
  return STEPS.filter(({ step }) => may(row, step)).map(({ step, icon }) => ({
    key: step,
    label: t(`services.step.${step}`),
    icon,
    ...(step === "void" ? { tone: "danger" as const } : {}),
    run: () => (steps.dialog.value = { step, service: row }),
  }));
}
