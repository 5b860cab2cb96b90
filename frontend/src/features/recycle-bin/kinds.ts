// What lies in the recycle bin: every noun whose records go there, as the contract says, and how they come back.
import type { Router } from "vue-router";
import { RESTORED } from "@/api/generated/nouns.gen.ts";
import type { Right } from "@/api/rights.ts";
import { recordPage } from "@/shared/domain/recordPage.ts";
import { type Kept, recordsOf } from "@/shared/nouns/records.ts";

export type Kind = keyof typeof RESTORED;
const FIRST: Kind = "customers";
export const KINDS: Kind[] = [FIRST, ...(Object.keys(RESTORED) as Kind[]).filter((kind) => kind !== FIRST)];

/** The right by which others than who deleted a record bring it back. */
export const rightOf = (kind: Kind): Right => RESTORED[kind];

/** Brings a record back, and says where it is found now: on its page, on that of its customer, or in its list. */
export async function restored(router: Router, kind: Kind, id: number): Promise<string> {
  const data = await recordsOf<Kept & { customer?: { id: number } | null }>(kind).restore(id);
  const customer = data.customer ? recordPage(router, "customers", data.customer.id) : null;
  return recordPage(router, kind, id) ?? customer ?? `/${kind}`;
}
