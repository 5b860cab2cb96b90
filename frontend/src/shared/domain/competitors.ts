// The competitors that a chance may name, in the reader's language.
import { useQuery } from "@tanstack/vue-query";
import { computed } from "vue";
import { listCompetitorsOptions } from "@/api/generated/@tanstack/vue-query.gen";
import { nameIn } from "../lib/i18n.ts";
import { useSession } from "./session.ts";

/** One page: nobody meets more. */
const MOST = 200;
const TEN_MINUTES = 600_000;

/** The enabled ones by their codes, as steps name them; none for who may not read them. */
export function useCompetitors() {
  const enabled = useSession().can("competitors:read");
  const { data } = useQuery({
    ...listCompetitorsOptions({ query: { enabled: true, limit: MOST } }),
    enabled,
    staleTime: TEN_MINUTES,
  });
  return computed(() => (data.value?.items ?? []).map((one) => ({ value: one.code, label: nameIn(one) })));
}
