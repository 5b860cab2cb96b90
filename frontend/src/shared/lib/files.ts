// Files that the API writes: fetched with the token and given to the browser under the name the server chose.

/** Given to a generated call, it answers with the whole response: the file's name stands in a header. */
export const AS_FILE = { parseAs: "blob", responseStyle: "fields" } as const;
interface Answer {
  data: Blob;
  response: Response;
}

/** `attachment; filename="report.xlsx"; filename*=UTF-8''…`: the second one is the real name. */
export function nameIn(disposition: string | null, otherwise: string): string {
  const real = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? "")?.[1];
  if (real) return decodeURIComponent(real);
  return /filename="([^"]+)"/i.exec(disposition ?? "")?.[1] ?? otherwise;
}

/** Waits for a call made with `AS_FILE`, saves what it brings and returns the name; errors pass through. */
export async function saved(call: Promise<unknown>, otherwise: string): Promise<string> {
  const { data, response } = (await call) as Answer;
  const name = nameIn(response.headers.get("Content-Disposition"), otherwise);
  save(data, name);
  return name;
}

/** Gives the browser a file to keep. */
export function save(data: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(data);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), MINUTE);
}
const MINUTE = 60_000;
