// What a telephone can be dialled by.
const BEGINS = /^\+?[\d\s().-]+/;
const SHORTEST = 5;

/** The server's reading where it is one in E.164; where the server reads none, the digits that a text begins with; else null. */
export function dialled(typed: string | null, normal?: string | null): string | null {
  if (normal !== undefined) return normal?.startsWith("+") ? normal : null;
  const number = (BEGINS.exec(typed?.normalize("NFKC").trim() ?? "")?.[0] ?? "").replaceAll(/[^\d+]/g, "");
  return number.length >= SHORTEST ? number : null;
}

/** Tells a number whose area was left out (7 or 8 digits at home) from a text that holds none. */
export function lacksArea(normal?: string | null): boolean {
  return /^\d{7,8}$/.test(normal ?? "");
}
