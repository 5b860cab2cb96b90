// What a telephone can be dialled by.
const BEGINS = /^\+?[\d\s().-]+/;
const SHORTEST = 5;

/** The server's reading where it is one in E.164; where the server reads none, the digits that a text begins with; else null. */
export function dialled(typed: string | null, normal?: string | null): string | null {
  if (normal !== undefined) return normal?.startsWith("+") ? normal : null;
  const number = (BEGINS.exec(typed?.normalize("NFKC").trim() ?? "")?.[0] ?? "").replaceAll(/[^\d+]/g, "");
  return number.length >= SHORTEST ? number : null;
}
