// How one feature uses what another owns, without an import: it is lent by name. `lend` stands in routes.ts;
// `openOverlay("log-activity", {…})` shows a lent dialog above any page, `<LentPart name="…" />` a lent piece of a page.
import type { ReportCode } from "@/api/generated/types.gen";
import { type Component, defineAsyncComponent, shallowReactive } from "vue";
import type { RouteLocationRaw } from "vue-router";
import type { ServiceRead } from "@/api/generated/types.gen";
import type { Right } from "@/api/rights.ts";

/** Name → props. Who lends something adds its line here. */
export interface Parts {
  "log-activity": {
    customer?: { id: number; name: string } | null;
    chance?: { id: number; name: string; customer: { id: number; name: string } | null; customer_name?: string } | null;
    linkman?: { id: number; name: string } | null;
    /** Edit this entry instead of writing a new one. */
    activityId?: number;
  };
  "activity-timeline": { query: { customer_id?: number; linkman_id?: number[]; chance_id?: number; kind?: string } };
  "plan-items": { chance: { id: number; name: string; customer: { id: number } | null; canPlan: boolean } };
  "due-plans": { assigneeId?: number };
  "linkman-form": { customer?: { id: number; name: string }; linkmanId?: number; readOnly?: boolean };
  "report-figures": { wanted: [code: ReportCode, figure: string][] };
  /** A new service, the follow-up of one, or an edit; without a customer it asks for one. */
  "service-form": { customer?: { id: number; name: string }; service?: ServiceRead; origin?: ServiceRead };
  "customer-loss": { customerId: number };
  /** In the settings: which facts of customers are required or hidden. */
  "customer-fields": object;
  "linkman-move": {
    contact: { id: number; version: number; name: string; status: string; customer: { id: number; name: string } };
  };
  "linkman-panel": { customer: { id: number; name: string }; editable: boolean };
  "asset-form": { customer: { id: number; name: string } };
  "order-form": { customer?: { id: number; name: string } | null; chance?: { id: number; name: string } | null };
  "product-stock": { productId: number };
}
export type PartName = keyof Parts;
type Loader = () => Promise<{ default: Component }>;

const loaders = new Map<PartName, Loader>();
const made = new Map<PartName, Component>();

export function lend(name: PartName, loader: Loader): void {
  loaders.set(name, loader);
}
export const loaderOf = (name: PartName): Loader | undefined => loaders.get(name);
export function part(name: PartName): Component | null {
  const loader = loaders.get(name);
  if (loader && !made.has(name)) made.set(name, defineAsyncComponent(loader));
  return made.get(name) ?? null;
}

type Called = { id: number; name: string };
/** What belongs to a record and is shown on its page by the feature that owns it. */
export interface RecordTab {
  key: string;
  order: number;
  /** i18n key. */
  title: string;
  /** Any of these is enough. */
  rights: readonly Right[];
  /** Given the record as `customer`, the tab of a customer. */
  piece: Loader;
  /** Makes one: where the record allows the step, or the person has the right. */
  add?: {
    title: string;
    step?: string;
    right?: Right;
    to?: (of: Called) => RouteLocationRaw;
    run?: (of: Called) => void;
  };
}
const tabs: (RecordTab & { of: string })[] = [];
/** `of`: the noun whose records' page shows it. Stands in routes.ts. */
export const lendTab = (of: "customers", tab: RecordTab): unknown => tabs.push({ of, ...tab });
export const tabsOf = (of: "customers"): RecordTab[] =>
  tabs.filter((tab) => tab.of === of).sort((one, other) => one.order - other.order);

interface Overlay {
  id: number;
  name: PartName;
  props: object;
}
/** What is open now; the app shows each one and drops it when it says `closed`. */
export const overlays = shallowReactive<Overlay[]>([]);
let next = 1;

export function openOverlay<Name extends PartName>(name: Name, props: Parts[Name]): void {
  overlays.push({ id: next++, name, props });
}
export function closeOverlay(id: number): void {
  const at = overlays.findIndex((overlay) => overlay.id === id);
  if (at >= 0) overlays.splice(at, 1);
}
