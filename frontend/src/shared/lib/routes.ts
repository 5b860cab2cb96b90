// What a feature's routes.ts exports: pages with their title, right, menu entry and key.
import type { Component } from "vue";
import type { NavigationGuardWithThis, RouteComponent } from "vue-router";
import type { Right } from "@/api/rights.ts";

export type MenuModule = "home" | "sales" | "customers" | "service" | "reports" | "base" | "access" | "settings";

export interface MenuEntry {
  module: MenuModule;
  order: number;
  icon: Component;
  /** Second letter after `g`. */
  go?: string;
  /** Pinyin and initials for the palette. */
  keywords?: string;
  /** i18n key of a shorter title, for the bottom bar. */
  short?: string;
  /** Stands in the phone's bottom bar. */
  phone?: boolean;
}

/** Where the records of a noun are looked at that have no page of their own. */
export interface RecordsAt {
  noun: string;
  at: (row: { id: number; customer?: { id: number } }) => string;
}

declare module "vue-router" {
  interface RouteMeta {
    /** i18n key. */
    title: string;
    right?: Right;
    menu?: MenuEntry;
    records?: RecordsAt;
    /** Outside the shell and open to everybody (log-in and links). */
    bare?: boolean;
  }
}

interface Shown {
  /** `ArrivalListPage`: the component of this name in the folder of the feature. */
  page: string;
}
interface Near {
  /** The same for what many see first: one file less on the way, and its list of files stands in the entry. */
  component: () => Promise<{ default: RouteComponent }>;
}
export type FeatureRoute = (Shown | Near) & {
  path: string;
  meta: { title: string; right?: Right; menu?: MenuEntry; records?: RecordsAt; bare?: boolean };
  beforeEnter?: NavigationGuardWithThis<undefined>;
};

/** Asking the shell to open the form for a new record: the create menu, `c` and the palette share this list. */
export interface CreateEntry {
  key: string;
  order: number;
  /** i18n key. */
  title: string;
  right: Right;
  icon: Component;
  /** Where the form opens, e.g. `/chances?new=1`; or `run` when it opens over any page. */
  to?: string;
  run?: () => void;
}
