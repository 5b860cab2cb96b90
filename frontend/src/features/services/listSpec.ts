// What the list of services can be asked: queues as tabs, by role, and the filters.
import type { ListServicesData } from "@/api/generated/types.gen";
import { t } from "@/shared/lib/i18n.ts";
import type { FilterDef, Option } from "@/shared/lib/listQuery.ts";
import { findPeople } from "@/shared/domain/people.ts";
import type { useSession } from "@/shared/domain/session.ts";
import { searchOf } from "@/shared/nouns/search.ts";
import { LEVELS, STATUSES } from "./columns.ts";

type ApiQuery = NonNullable<ListServicesData["query"]>;
/** The page's tab is the API's queue. */
export type ServiceQuery = Omit<ApiQuery, "queue"> & { tab?: ApiQuery["queue"] };
type Session = Pick<ReturnType<typeof useSession>, "can">;

/** Who deals with services starts with theirs; who hands them out and who reads starts with all. */
export function tabsFor(session: Session): { tabs: string[]; defaultTab: string } {
  const deals = session.can("services:deal");
  return {
    tabs: [
      "all",
      ...(deals ? ["mine"] : []),
      "unassigned",
      "overdue",
      ...(session.can("services:create") ? ["created"] : []),
    ],
    defaultTab: deals && !session.can("services:assign") ? "mine" : "all",
  };
}

export function toApi({ tab, ...query }: ServiceQuery): ApiQuery {
  return tab ? { ...query, queue: tab } : query;
}

const levels = () => LEVELS.map((value) => ({ value, label: t(`services.levels.${value}`) }));
const stars = () => [5, 4, 3, 2, 1].map((n) => ({ value: String(n), label: t("services.stars", { n }) }));

export function filtersOf(options: (type: string) => Option[]): FilterDef[] {
  return [
    { key: "type", title: "services.fields.type", kind: "choice", options: () => options("service_type") },
    {
      key: "status",
      title: "services.fields.status",
      kind: "choices",
      options: () => STATUSES.map((value) => ({ value, label: t(`services.statuses.${value}`) })),
    },
    { key: "priority", title: "services.fields.priority", kind: "choice", options: levels },
    { key: "assignee_id", title: "services.fields.assignee", kind: "choice", search: findPeople("services:deal") },
    { key: "customer_id", title: "services.fields.customer", kind: "choice", search: searchOf("customers") },
    { key: "deadline", title: "services.fields.deadline", kind: "dates", params: ["deadline_from", "deadline_to"] },
    { key: "category", title: "services.fields.category", kind: "choice", options: () => options("service_category") },
    { key: "channel", title: "services.fields.channel", kind: "choice", options: () => options("service_channel") },
    { key: "satisfaction", title: "services.fields.satisfaction", kind: "choice", options: stars },
    { key: "creator_id", title: "services.fields.creator", kind: "choice", search: findPeople("services:create") },
  ];
}
