// Whole pieces as people type them: 12, 1,200.
export function piecesOf(typed: string | null): number | null {
  const plain = (typed ?? "").replaceAll(/[,，\s]/g, "");
  return /^\d{1,10}$/.test(plain) ? Number(plain) : null;
}

/** Why so many cannot have come; null when they can. `most` is what is still expected. */
export function problemOf(count: number | null, most: number): "invalid" | "too_many" | null {
  if (count === null || count === 0) return "invalid";
  return count > most ? "too_many" : null;
}
