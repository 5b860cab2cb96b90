// A chosen file as a picture that the server takes: what fits goes as it is, a photo is scaled down until it fits.
import { dataUrl, typeOf } from "@/shared/lib/images.ts";

export const MOST_PICTURES = 5;
export const MOST_BYTES = 512 * 1024;
/** Pixels each way: what a screen shows of a product, and less than the server's limit. */
export const SIDE = 1600;
const LARGEST_FILE = 40 * 1024 * 1024;
const TRIES = [
  { side: SIDE, quality: 0.86 },
  { side: SIDE, quality: 0.72 },
  { side: 1200, quality: 0.76 },
  { side: 800, quality: 0.72 },
];

export type Refusal = "not_an_image" | "too_large";
export type Prepared = { image: string } | { refused: Refusal };

/** The size of a picture that must fit into a square, its proportions kept; a smaller one stays. */
export function fitted(width: number, height: number, side: number): { width: number; height: number } {
  const scale = Math.min(1, side / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** A drawing of the picture in another size. PNG keeps what is see-through; JPEG stands on white. */
async function drawn(picture: ImageBitmap, side: number, type: string, quality: number): Promise<Blob | null> {
  const canvas = document.createElement("canvas");
  Object.assign(canvas, fitted(picture.width, picture.height, side));
  const pen = canvas.getContext("2d");
  if (!pen) return null;
  if (type === "image/jpeg") {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
  }
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, type, quality));
}

async function scaled(picture: ImageBitmap, source: string): Promise<Blob | null> {
  const kinds = source === "image/png" ? ["image/png", "image/jpeg"] : ["image/jpeg"];
  for (const kind of kinds) {
    for (const { side, quality } of kind === "image/png" ? TRIES.slice(0, 1) : TRIES) {
      const found = await drawn(picture, side, kind, quality);
      if (found && found.size <= MOST_BYTES) return found;
    }
  }
  return null;
}

export async function prepared(file: Blob): Promise<Prepared> {
  if (file.size > LARGEST_FILE) return { refused: "too_large" };
  const type = typeOf(new Uint8Array(await file.slice(0, 16).arrayBuffer()));
  if (!type) return { refused: "not_an_image" };
  // A phone says in the file how it was held; the drawing is upright.
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
  if (!picture) return { refused: "not_an_image" };
  const fits = file.size <= MOST_BYTES && Math.max(picture.width, picture.height) <= SIDE;
  const ready = fits && type !== "image/jpeg" ? file : await scaled(picture, type);
  picture.close();
  if (!ready) return { refused: "too_large" };
  return { image: dataUrl(new Uint8Array(await ready.arrayBuffer()), ready === file ? type : ready.type) };
}
