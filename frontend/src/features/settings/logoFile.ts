// A chosen file as a data URL, judged by its own first bytes as the server does: a name and a type are easily wrong.
export const LOGO_TYPES = ["image/png", "image/jpeg", "image/webp"];

type Refusal = "not_an_image" | "too_large";

/** PNG and JPEG begin with their signs, WebP is a RIFF that says so. */
export function typeOf(bytes: Uint8Array): string | null {
  const head = String.fromCharCode(...bytes.subarray(0, 12));
  if (head.startsWith("\u0089PNG\r\n\u001a\n")) return "image/png";
  if (head.startsWith("\u00ff\u00d8\u00ff")) return "image/jpeg";
  return head.startsWith("RIFF") && head.endsWith("WEBP") ? "image/webp" : null;
}

export async function readImage(file: Blob, most: number): Promise<{ image: string } | { refused: Refusal }> {
  if (file.size > most) return { refused: "too_large" };
  const bytes = new Uint8Array(await file.arrayBuffer());
  const type = typeOf(bytes);
  if (!type) return { refused: "not_an_image" };
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return { image: `data:${type};base64,${btoa(text)}` };
}
