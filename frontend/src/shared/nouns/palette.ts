// Records in the palette: of every noun that is searched by a word and has a place to be looked at.
import type { Component } from "vue";
import type { Router } from "vue-router";
import type { Noun } from "@/api/generated/nouns.gen.ts";
import { NOUNS } from "@/api/generated/nouns/all.gen.ts";
import type { Right } from "@/api/rights.ts";
import { recordPage } from "../domain/recordPage.ts";
import { day, money } from "../lib/format.ts";
import type { RecordsAt } from "../lib/routes.ts";
import type { FoundRecord, RecordSearch } from "../lib/useCommand.ts";
import { type Kept, nameOf, recordsOf } from "./records.ts";

/** Of each noun. */
const MOST = 5;
/** What tells records of one name apart, in this order, as far as a row has it; so many of them. */
const BESIDE = [
  "number",
  "customer",
  "customer_name",
  "code",
  "user_name",
  "department",
  "manager",
  "product",
  "serial_number",
  "mobile",
  "date",
  "total",
  "price",
];
const PARTS = 3;

/** `KH2026… · 张明` */
function beside({ title, facts }: Noun, row: object): string {
  const said = BESIDE.filter((key) => key !== title && facts[key]).map((key) => {
    const value = Reflect.get(row, key) as string | { name: string } | null | undefined;
    if (!value) return "";
    if (typeof value === "object") return value.name;
    return facts[key]?.kind === "money" ? money(value) : facts[key]?.kind === "day" ? day(value) : value;
  });
  return [...new Set(said.filter(Boolean))].slice(0, PARTS).join(" · ");
}

interface Place {
  icon: Component | undefined;
  to: (row: Kept & { customer?: { id: number } }) => string;
}

/** Where records of a noun are looked at, with the icon of its page in the menu; null where they are nowhere. */
function placeOf(router: Router, code: string): Place | null {
  const shown = router.getRoutes().find(({ meta, path }) => meta.records?.noun === code || path === `/${code}`);
  const elsewhere: RecordsAt | undefined = shown?.meta.records;
  if (!elsewhere && !recordPage(router, code, 1)) return null;
  return { icon: shown?.meta.menu?.icon, to: elsewhere?.at ?? (({ id }) => `/${code}/${id}`) };
}

export function recordSearch(router: Router, can: (right: Right) => boolean): RecordSearch {
  const places = NOUNS.flatMap((noun) => {
    // What is called by another record is found as that one.
    const named = noun.searched && noun.facts[noun.title]?.kind === "text" && can(noun.right);
    const place = named ? placeOf(router, noun.code) : null;
    return place ? [{ noun, place }] : [];
  });
  return async (query, signal) => {
    const found = await Promise.allSettled(
      places.map(async ({ noun, place }): Promise<FoundRecord[]> => {
        const page = await recordsOf(noun.code).page<Kept>({ q: query, limit: MOST }, signal);
        return page.items.map((row) => ({
          id: `${noun.code}-${row.id}`,
          title: nameOf(noun.code, row),
          detail: beside(noun, row),
          ...(place.icon ? { icon: place.icon } : {}),
          to: place.to(row),
        }));
      }),
    );
    return found.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []));
  };
}
