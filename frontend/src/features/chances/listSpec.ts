// What the list of chances can be asked: tabs by role, filters, where they come from.
import type { ListChancesData } from "@/api/generated/types.gen";
import { t } from "@/shared/lib/i18n.ts";
import type { FilterDef, Option } from "@/shared/lib/listQuery.ts";
import { findPeople } from "@/shared/domain/people.ts";
import type { useSession } from "@/shared/domain/session.ts";
import { searchOf } from "@/shared/nouns/search.ts";
import { IMPORTANCES, STATUSES } from "./columns.ts";

export type ChanceQuery = NonNullable<ListChancesData["query"]>;
type Session = ReturnType<typeof useSession>;

/** Salespeople start with what is theirs, supervisors and readers with all that they see. */
export function tabsFor(session: Session): { tabs: string[]; defaultTab: string } {
  const works = session.can("chances:close");
  const assigns = session.can("chances:assign");
  return {
    tabs: [
      ...(works ? ["mine"] : []),
      ...(session.can("chances:create") ? ["created"] : []),
      ...(assigns ? ["unassigned"] : []),
      "due",
      "stale",
      "succeeded",
      "failed",
      "all",
    ],
    defaultTab: works && !assigns ? "mine" : "all",
  };
}

/** On the board only what is open has a place. */
export const BOARD_TABS = new Set(["mine", "created", "due", "stale", "all"]);

export function filtersOf(source: () => Option[], stages: () => Option[]): FilterDef[] {
  return [
    {
      key: "status",
      title: "chances.fields.status",
      kind: "choices",
      options: () => STATUSES.map((value) => ({ value, label: t(`chances.statuses.${value}`) })),
    },
    { key: "stage_id", title: "chances.fields.stage", kind: "choice", options: stages },
    { key: "assignee_id", title: "chances.fields.assignee", kind: "choice", search: findPeople("plans:execute") },
    { key: "creator_id", title: "chances.fields.creator", kind: "choice", search: findPeople("chances:create") },
    { key: "customer_id", title: "chances.fields.customer", kind: "choice", search: searchOf("customers") },
    { key: "source", title: "chances.fields.source", kind: "choice", options: source },
    {
      key: "importance",
      title: "chances.fields.importance",
      kind: "choice",
      options: () => IMPORTANCES.map((value) => ({ value, label: t(`chances.importances.${value}`) })),
    },
    { key: "amount", title: "chances.fields.amount", kind: "numbers", params: ["min_amount", "max_amount"] },
    { key: "close", title: "chances.fields.expected_close_date", kind: "dates", params: ["close_from", "close_to"] },
  ];
}
