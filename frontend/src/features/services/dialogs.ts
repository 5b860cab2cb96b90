// Which step of which service is being asked about; list and page open the same dialogs.
import { onScopeDispose, shallowRef } from "vue";
import { useRouter } from "vue-router";
import { makeChanceOfService } from "@/api/generated/sdk.gen";
import type { ServiceRow } from "@/api/generated/types.gen";
import { ifMatch } from "@/api/runtime.ts";
import { t } from "@/shared/lib/i18n.ts";
import { toast } from "@/shared/lib/toast.ts";

export const DIALOGS = ["assign", "reassign", "take_back", "return", "deal", "visit", "feedback", "void"] as const;
export type DialogStep = (typeof DIALOGS)[number];
/** Steps that take words alone. */
const WORDS = ["deal", "take_back", "return", "void"] as const;
export type WordsStep = (typeof WORDS)[number];
export const isWords = (step: string | undefined): step is WordsStep => WORDS.some((one) => one === step);
/** A row of the list or the detail: `rounds` only there. */
export type Serviced = ServiceRow & { rounds?: { visit_at: string | null }[] };
export interface Dialog {
  step: DialogStep;
  service: Serviced;
}

/** Answers that hold services. */
export const SHOWN = ["listServices", "getService"];

export function useServiceSteps() {
  const router = useRouter();
  const dialog = shallowRef<Dialog | null>(null);
  const busy = shallowRef(false);
  onScopeDispose(() => (dialog.value = null));

  /** One click: the chance is there, and a way to it is offered. */
  async function toChance(service: ServiceRow): Promise<void> {
    if (busy.value) return;
    busy.value = true;
    try {
      const chance = await makeChanceOfService({ path: { service_id: service.id }, headers: ifMatch(service) });
      toast.offer(
        t("services.becameChance"),
        t("services.openChance"),
        () => void router.push(`/chances/${chance.id}`),
      );
    } catch (error) {
      toast.error(error);
    } finally {
      busy.value = false;
    }
  }
  return { dialog, busy, toChance };
}
export type ServiceSteps = ReturnType<typeof useServiceSteps>;
