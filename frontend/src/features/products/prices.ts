// Prices as people type them: `1,280.00`, `￥1280`; an empty one is none.
export function priceOf(typed: string | null): string | null {
  return (typed ?? "").replaceAll(/[,，\s¥￥元]/g, "") || null;
}
export const isPrice = (typed: string | null): boolean => {
  const plain = priceOf(typed);
  return plain === null || /^\d{1,16}(\.\d{1,2})?$/.test(plain);
};
