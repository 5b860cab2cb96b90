// A chosen file as a data URL.
import { dataUrl, IMAGE_TYPES, typeOf } from "@/shared/lib/images.ts";

export const LOGO_TYPES = IMAGE_TYPES;

type Refusal = "not_an_image" | "too_large";

export async function readImage(file: Blob, most: number): Promise<{ image: string } | { refused: Refusal }> {
  if (file.size > most) return { refused: "too_large" };
  const bytes = new Uint8Array(await file.arrayBuffer());
  const type = typeOf(bytes);
  return type ? { image: dataUrl(bytes, type) } : { refused: "not_an_image" };
}
