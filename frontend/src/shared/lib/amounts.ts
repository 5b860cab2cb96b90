// Amounts in fields: what is put there to be edited, and whether what was typed is one. A yen has no hundredth.
import { moneyDigits } from "./format.ts";

/** An amount of the API (`1234567.00`) as a field shows it: without the decimals that the currency does not have. */
export const inField = (amount: string | null | undefined): string =>
  moneyDigits() === 0 ? (amount ?? "").replace(/\.0+$/, "") : (amount ?? "");

/** Digits, and after a point no more of them than the currency has. */
export const isAmount = (text: string): boolean =>
  new RegExp(moneyDigits() === 0 ? String.raw`^\d{1,16}$` : String.raw`^\d{1,16}(\.\d{1,${moneyDigits()}})?$`).test(
    text,
  );
