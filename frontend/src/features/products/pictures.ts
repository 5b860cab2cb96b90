// Pictures of a product: read with the token, added one after the other, put in order, removed.
import { ref } from "vue";
import { toApiError } from "@/api/errors.ts";
import {
  addProductPicture,
  arrangeProductPictures,
  getProductPicture,
  removeProductPicture,
} from "@/api/generated/sdk.gen";
import type { PictureRef, ProductRead } from "@/api/generated/types.gen";
import { ifMatch } from "@/api/runtime.ts";
import { hasKey, t } from "@/shared/lib/i18n.ts";
import { dataUrl } from "@/shared/lib/images.ts";
import { announce, toast, wording } from "@/shared/lib/toast.ts";
import { MOST_PICTURES, prepared } from "./pictureFile.ts";

export async function readPicture(productId: number, picture: PictureRef, signal: AbortSignal): Promise<string> {
  const path = { product_id: productId, picture_id: picture.id };
  const answer = await getProductPicture({ path, query: { v: picture.hash }, signal, parseAs: "blob" });
  const content = answer as unknown as Blob;
  return dataUrl(new Uint8Array(await content.arrayBuffer()), content.type);
}

/** How far a choice of files has come. */
export interface Progress {
  name: string;
  n: number;
  of: number;
}

export function usePictures(present: () => ProductRead) {
  const progress = ref<Progress | null>(null);
  const refusals = ref<string[]>([]);

  /** Adds one file; returns why it could not be, in words. */
  async function addOne(file: File): Promise<string | null> {
    const ready = await prepared(file);
    if ("refused" in ready) return t(`products.pictures.refused.${ready.refused}`);
    try {
      await addProductPicture({ path: { product_id: present().id }, body: { image: ready.image } });
      return null;
    } catch (thrown) {
      const error = toApiError(thrown);
      const code = String(error.problem.code ?? error.fields[0]?.code);
      return hasKey(`products.pictures.refused.${code}`) ? t(`products.pictures.refused.${code}`) : wording(error);
    }
  }

  async function add(files: File[]): Promise<void> {
    refusals.value = [];
    const room = MOST_PICTURES - present().pictures.length;
    const taken = files.slice(0, room);
    for (const [at, file] of taken.entries()) {
      progress.value = { name: file.name, n: at + 1, of: taken.length };
      const refused = await addOne(file);
      if (refused) refusals.value.push(t("products.pictures.refusal", { name: file.name, reason: refused }));
    }
    progress.value = null;
    if (files.length > room) refusals.value.push(t("products.pictures.refused.too_many_pictures"));
    if (refusals.value.length === 0) announce(t("products.pictures.added", { n: taken.length }));
  }

  async function attempt(run: () => Promise<ProductRead>): Promise<void> {
    refusals.value = [];
    try {
      await run();
    } catch (thrown) {
      const error = toApiError(thrown);
      if (error.kind === "stale") toast.info(t("products.pictures.stale"));
      else toast.error(error);
    }
  }
  const remove = (id: number) =>
    attempt(() =>
      removeProductPicture({ path: { product_id: present().id, picture_id: id }, headers: ifMatch(present()) }),
    );
  function move(from: number, to: number): Promise<void> {
    const ids = present().pictures.map((one) => one.id);
    ids.splice(to, 0, ...ids.splice(from, 1));
    const path = { product_id: present().id };
    return attempt(() => arrangeProductPictures({ path, body: { ids }, headers: ifMatch(present()) }));
  }
  return { progress, refusals, add, remove, move };
}
