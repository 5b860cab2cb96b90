// What a write makes stale: the server names the nouns that it changed, here stands once which answers show which nouns.
// The laws compare the lists with the contract.
import type { QueryClient, QueryKey } from "@tanstack/vue-query";
import { readAgain } from "./layers.ts";

const PEOPLE = ["users", "departments"];
const WORK = ["chances", "customers", "orders", "services", "losses", "plans", "activities", "linkmen"];

/** By tag of the contract: its reads, and the nouns that they show besides the one of the tag. */
export const SHOWN: Record<string, { reads: string[]; besides?: string[] }> = {
  activities: { reads: ["listActivities", "getActivity"], besides: ["chances", "customers", "linkmen", "users"] },
  arrivals: { reads: ["listArrivals", "getArrival"], besides: ["products", "users"] },
  audit: { reads: ["listAudit"], besides: [...WORK, ...PEOPLE, "products", "rbac", "settings", "storage", "dict"] },
  chances: {
    reads: [
      "listChances",
      "getChanceBoard",
      "summariseChances",
      "getChanceTimeline",
      "getChance",
      "listChanceHistory",
      "listChanceStages",
    ],
    besides: ["customers", "processes", "products", "services", "users"],
  },
  customers: {
    reads: ["listCustomers", "getCustomer", "listCustomerHistory", "previewTransfer"],
    besides: ["chances", "services", "users"],
  },
  departments: { reads: ["listDepartments", "getDepartment"], besides: ["users"] },
  dict: { reads: ["listDict", "getDictItem", "listDictItemUses"] },
  goals: { reads: ["listGoals"], besides: PEOPLE },
  linkmen: { reads: ["listLinkmen", "getLinkman", "listLinkmanHistory"], besides: ["customers"] },
  losses: {
    reads: ["listLosses", "summariseLosses", "getLoss", "listLossHistory"],
    besides: ["customers", "users"],
  },
  me: { reads: ["getMe"], besides: ["users", "rbac", "settings"] },
  notices: { reads: ["listNotices", "countUnreadNotices"] },
  orders: {
    reads: ["summariseCustomerOrders", "listOrders", "getOrder", "listOrderHistory"],
    besides: ["chances", "customers", "products", "storage", "users"],
  },
  people: { reads: ["listPeople"], besides: [...PEOPLE, "rbac"] },
  plans: { reads: ["listPlans", "countPlans", "getPlan"], besides: ["chances", "customers", "users"] },
  processes: { reads: ["listProcesses", "getProcess"] },
  products: {
    reads: [
      "listProductCategories",
      "getProductCategory",
      "listProducts",
      "listAttributeNames",
      "getProduct",
      "listProductHistory",
      "getProductPicture",
    ],
    besides: ["product_categories", "storage", "arrivals"],
  },
  rbac: { reads: ["listRights", "listRoles", "getRole", "listRoleHistory"], besides: ["users"] },
  "recycle-bin": { reads: ["listRecycleBin", "previewPurge"], besides: WORK },
  reports: {
    reads: [
      "listPeriodicReports",
      "getPeriodicReport",
      "listReportExports",
      "getReportExport",
      "getReport",
      "listReportRows",
    ],
    besides: [...WORK, ...PEOPLE, "products", "goals", "processes", "periodic", "report_exports"],
  },
  services: {
    reads: [
      "listServices",
      "listServiceLoads",
      "countServiceQueues",
      "getService",
      "listServiceHistory",
      "listServiceNotes",
    ],
    besides: ["chances", "customers", "linkmen", "products", ...PEOPLE],
  },
  settings: { reads: ["listSettings", "getPublicSettings", "getSetting"] },
  storage: {
    reads: ["listStorage", "getStorage", "listStorageChanges"],
    besides: ["products", "arrivals", "orders", "users"],
  },
  transactions: { reads: ["listTransactions"], besides: WORK },
  users: { reads: ["listUsers", "getUser", "listUserRights"], besides: ["departments", "rbac"] },
};

const NOUNS_OF = new Map(
  Object.entries(SHOWN).flatMap(([tag, { reads, besides = [] }]) =>
    reads.map((read) => [read, new Set([tag, ...besides])]),
  ),
);

/** The nouns of the header, a list of strings as RFC 9875 writes it. */
export const nounsOf = (header: string | null): string[] =>
  [...(header ?? "").matchAll(/"([^"]+)"/g)].map((match) => match[1] ?? "");

const operationOf = (key: QueryKey): string => {
  const [first] = key;
  return typeof first === "object" && first !== null && "_id" in first ? String(Reflect.get(first, "_id")) : "";
};

/** Drops what shows one of these nouns. What was just removed is not asked for again while its page is being left. */
export function dropStale(client: QueryClient, nouns: string[], removed = false): void {
  const shows = (key: QueryKey) => nouns.some((noun) => NOUNS_OF.get(operationOf(key))?.has(noun));
  const stale = client.getQueryCache().findAll({ predicate: ({ queryKey }) => shows(queryKey) });
  const left = (key: QueryKey) => removed && operationOf(key).startsWith("get");
  for (const { queryKey } of stale)
    if (left(queryKey)) void client.invalidateQueries({ queryKey, refetchType: "none" });
  readAgain(
    client,
    stale.map(({ queryKey }) => queryKey).filter((key) => !left(key)),
  );
}
