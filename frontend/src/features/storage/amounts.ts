// A signed number of pieces as people type it: 12, +12, -3, －3.
export function changeOf(typed: string | null): number | null {
  const plain = (typed ?? "")
    .replaceAll(/[,，\s]/g, "")
    .replace("－", "-")
    .replace("＋", "+")
    .replace("−", "-");
  return /^[+-]?\d{1,10}$/.test(plain) ? Number(plain) : null;
}

/** Why a place cannot be changed by so many pieces; null when it can. */
export function problemOf(change: number | null, place: { count: number; reserved: number }): Problem | null {
  if (change === null) return "invalid";
  if (change === 0) return "zero";
  if (place.count + change < 0) return "below_zero";
  return place.count + change < place.reserved ? "reserved" : null;
}
export type Problem = "invalid" | "zero" | "below_zero" | "reserved";

export const signed = (change: number, say: (value: number) => string): string =>
  change > 0 ? `+${say(change)}` : `−${say(-change)}`;
