// The list of first steps: where each is done, and putting the list away and back.
import { useMutation, useQuery } from "@tanstack/vue-query";
import { computed } from "vue";
import { listFirstStepsOptions } from "@/api/generated/@tanstack/vue-query.gen";
import { updateMe } from "@/api/generated/sdk.gen";
import type { FirstStepRead } from "@/api/generated/types.gen";
import { ifMatch } from "@/api/runtime.ts";
import { useSession } from "@/shared/domain/session.ts";

/** Address of the page that does it; the demo company is filled in on the spot. */
export const PLACES: Record<Exclude<FirstStepRead["code"], "demo">, string> = {
  company: "/settings",
  logo: "/settings",
  departments: "/organisation?section=departments",
  people: "/organisation/invite",
  roles: "/roles",
  dictionary: "/dictionary",
  stages: "/processes",
  data: "/api/docs#/imports",
  customer: "/customers?new=1",
  chance: "/chances?new=1",
  goal: "/goals",
};

export function useFirstSteps() {
  const session = useSession();
  const query = useQuery(computed(() => ({ ...listFirstStepsOptions(), enabled: !session.me?.first_steps_hidden })));
  const steps = computed(() => query.data.value?.steps ?? []);
  const open = computed(() => !session.me?.first_steps_hidden && query.data.value?.complete === false);
  const put = useMutation({
    mutationFn: (hidden: boolean) =>
      updateMe({ body: { first_steps_hidden: hidden }, headers: ifMatch(session.me ?? 0) }),
    onSuccess: () => session.load(),
  });
  return { steps, open, put };
}
