// The menu of a row: the steps that this person can probably take with it.
import { CornerUpLeft, MessageSquareHeart, UserRoundPlus, Wrench, Ban } from "@lucide/vue";
import type { ServiceRow } from "@/api/generated/types.gen";
import type { MenuItem } from "@/shared/lib/ask.ts";
import { t } from "@/shared/lib/i18n.ts";
import type { useSession } from "@/shared/lib/session.ts";
import type { ServiceSteps } from "./dialogs.ts";
import { possibleSteps } from "./possible.ts";

const STEPS = [
  { step: "deal", icon: Wrench },
  { step: "feedback", icon: MessageSquareHeart },
  { step: "assign", icon: UserRoundPlus },
  { step: "reassign", icon: UserRoundPlus },
  { step: "return", icon: CornerUpLeft },
  { step: "void", icon: Ban },
] as const;

export function rowMenu(row: ServiceRow, steps: ServiceSteps, session: ReturnType<typeof useSession>): MenuItem[] {
  const may = possibleSteps(row, { id: session.me?.id ?? 0, scope: session.scope });
  return STEPS.filter(({ step }) => may.has(step)).map(({ step, icon }) => ({
    key: step,
    label: t(`services.step.${step}`),
    icon,
    ...(step === "void" ? { tone: "danger" as const } : {}),
    run: () => (steps.dialog.value = { step, service: row }),
  }));
}
