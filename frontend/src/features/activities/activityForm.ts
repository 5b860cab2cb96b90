// The form of an activity: its values, from where it was opened or from the entry, and how they are sent.
import { createActivity, updateActivity } from "@/api/generated/sdk.gen";
import type { ActivityRead } from "@/api/generated/types.gen";
import { ifMatch } from "@/api/runtime.ts";
import type { Parts } from "@/shared/domain/parts.ts";
import { toldWords } from "@/shared/lib/told.ts";
import { instantOf, localMoment } from "@/shared/lib/time.ts";

export interface ActivityValues {
  customer_id: number | null;
  linkman_id: number | null;
  chance_id: number | null;
  kind: string;
  purpose: string | null;
  /** Moments on the company's clock. */
  at: string | null;
  title: string;
  description: string | null;
  next_step: string | null;
  next_at: string | null;
}

export const emptyValues = (from: Parts["log-activity"]): ActivityValues => ({
  customer_id: from.customer?.id ?? null,
  linkman_id: from.linkman?.id ?? null,
  chance_id: from.chance?.id ?? null,
  kind: "phone",
  purpose: "follow_up",
  at: null,
  title: "",
  description: "",
  next_step: "",
  next_at: null,
});

export const valuesOf = (entry: ActivityRead): ActivityValues => ({
  customer_id: entry.customer?.id ?? null,
  linkman_id: entry.linkman?.id ?? null,
  chance_id: entry.chance?.id ?? null,
  kind: entry.kind,
  purpose: entry.purpose,
  at: localMoment(entry.at),
  title: toldWords(entry.told, entry.title),
  description: entry.description,
  next_step: entry.next_step,
  next_at: entry.next_at && localMoment(entry.next_at),
});

const sent = (moment: string | null) => moment && instantOf(moment);
/** One that stands as it was keeps its seconds. */
const kept = (was: string | null | undefined, is: string | null) => (was && localMoment(was) === is ? was : sent(is));

/** What Kith said stays told, as long as nobody writes other words. */
const ownTitle = (was: Pick<ActivityRead, "title" | "told">, is: string) =>
  is === toldWords(was.told, was.title) ? was.title : is;

/** Without a moment it happened now, by the server's clock. */
export function saveActivity(
  values: ActivityValues,
  id: number | undefined,
  version: number,
  before?: Pick<ActivityRead, "at" | "next_at" | "title" | "told"> | undefined,
): Promise<ActivityRead> {
  const { customer_id, at, next_at, ...facts } = values;
  const times = { next_at: kept(before?.next_at, next_at), ...(at ? { at: kept(before?.at, at) } : {}) };
  if (id === undefined) return createActivity({ body: { ...facts, ...times, customer_id } });
  const body = { ...facts, ...times, ...(before ? { title: ownTitle(before, facts.title) } : {}) };
  return updateActivity({ path: { activity_id: id }, body, headers: ifMatch(version) });
}
