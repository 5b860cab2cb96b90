// What a number of stars means: from three on it is archived, below it goes back; a complaint needs its visit first.
import type { Serviced } from "./dialogs.ts";
import { COMPLAINT } from "./serviceForm.ts";

export const SATISFIED = 3;

export type Outcome = "open" | "archives" | "returns" | "visit_first";

export function outcome(stars: number | null, complaint: boolean, called: boolean): Outcome {
  if (!stars) return "open";
  if (stars < SATISFIED) return "returns";
  return complaint && !called ? "visit_first" : "archives";
}

/** A row of a list does not tell: then the server does. */
export function visited(service: Serviced): boolean {
  return service.type !== COMPLAINT || !service.rounds || Boolean(service.rounds.at(-1)?.visit_at);
}
