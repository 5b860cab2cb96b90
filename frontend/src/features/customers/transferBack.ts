// The reverse of a transfer: each customer to the manager it came from, with the work that went along.
import { bulkTransferCustomers } from "@/api/generated/sdk.gen";
import type { BulkResult, BulkTransferBody, TransferPreview } from "@/api/generated/types.gen";
import { grouped, insist } from "@/shared/lib/bulk.ts";
import { UNDO } from "@/shared/lib/told.ts";

type Seen = Pick<TransferPreview, "customers" | "chances" | "services">;

/** One step for each former manager; `ticked` is the work that went. A customer that nobody had stays. */
export function waysBack(
  seen: Seen,
  results: BulkResult[],
  ticked: { chances: number[]; services: number[] },
): BulkTransferBody[] {
  const versions = new Map(results.flatMap(({ id, outcome, version }) => (outcome === "done" ? [[id, version]] : [])));
  const went = seen.customers.filter(({ id, manager }) => manager && versions.has(id));
  return [...grouped(went, ({ manager }) => manager?.id ?? 0)].map(([manager_id, group]) => {
    const of = new Set(group.map(({ id }) => id));
    const work = (rows: Seen["chances"], gone: number[]) =>
      rows.filter(({ id, customer }) => of.has(customer.id) && gone.includes(id)).map(({ id }) => id);
    return {
      items: group.map(({ id }) => ({ id, version: versions.get(id) ?? null })),
      manager_id,
      reason: UNDO,
      chance_ids: work(seen.chances, ticked.chances),
      service_ids: work(seen.services, ticked.services),
    };
  });
}

export async function transferBack(ways: BulkTransferBody[]): Promise<void> {
  for (const body of ways) insist((await bulkTransferCustomers({ body })).results);
}
