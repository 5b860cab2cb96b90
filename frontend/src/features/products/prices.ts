// Prices as people type them: `1,280.00`, `￥1280`; an empty one is none.
export function priceOf(typed: string | null): string | null {
  return (typed ?? "").replaceAll(/[,，\s¥￥元]/g, "") || null;
}
export const isPrice = (typed: string | null): boolean => {
  const plain = priceOf(typed);
  return plain === null || /^\d{1,16}(\.\d{1,2})?$/.test(plain);
};

/** Rates are typed in percent (`13`, `13%`) and sent as a fraction (`0.13`); moving the point keeps every digit. */
export const isRate = (typed: string | null): boolean => {
  const plain = (typed ?? "").replaceAll(/[%\s]/g, "");
  return plain === "" || (/^\d{1,3}(\.\d{1,2})?$/.test(plain) && Number(plain) <= 100);
};
export function rateOf(typed: string | null): string | null {
  const plain = (typed ?? "").replaceAll(/[%\s]/g, "");
  if (!plain) return null;
  const [whole = "", part = ""] = plain.split(".");
  const digits = `${whole.padStart(3, "0")}${part.padEnd(2, "0")}`;
  return `${digits.slice(0, -4)}.${digits.slice(-4)}`;
}
export function rateShown(fraction: string | null): string {
  if (fraction === null) return "";
  const [whole = "", part = ""] = fraction.split(".");
  const digits = part.padEnd(4, "0");
  return `${whole}${digits.slice(0, 2)}.${digits.slice(2)}`.replace(/^0+(?=\d)/, "").replace(/\.?0+$/, "") || "0";
}

/** Months of warranty as people type them, 1 to 600; an empty text is none. */
export const monthsOf = (typed: string | null): number | null => Number((typed ?? "").trim()) || null;
export const isMonths = (typed: string | null): boolean => {
  const plain = (typed ?? "").trim();
  return plain === "" || (/^\d{1,3}$/.test(plain) && Number(plain) >= 1 && Number(plain) <= 600);
};
