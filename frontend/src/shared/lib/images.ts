// Images as people choose them, judged by their own first bytes as the server does: a name and a type are easily wrong.
export const IMAGE_TYPES = ["image/png", "image/jpeg", "image/webp"];

/** PNG and JPEG begin with their signs, WebP is a RIFF that says so. */
export function typeOf(bytes: Uint8Array): string | null {
  const head = String.fromCharCode(...bytes.subarray(0, 12));
  if (head.startsWith("\u0089PNG\r\n\u001a\n")) return "image/png";
  if (head.startsWith("\u00ff\u00d8\u00ff")) return "image/jpeg";
  return head.startsWith("RIFF") && head.endsWith("WEBP") ? "image/webp" : null;
}

export function dataUrl(bytes: Uint8Array, type: string): string {
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return `data:${type};base64,${btoa(text)}`;
}
