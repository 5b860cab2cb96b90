import { expect, it } from "vitest";
import { readImage } from "./logoFile.ts";

const blob = (text: string) => new Blob([Uint8Array.from(text, (sign) => sign.charCodeAt(0))]);
const png = "\u0089PNG\r\n\u001a\nrest";

it("takes a PNG, JPEG or WebP for what its bytes say, whatever it is called", async () => {
  expect(await readImage(blob(png), 100)).toEqual({ image: `data:image/png;base64,${btoa(png)}` });
  expect(await readImage(blob("\u00ff\u00d8\u00ffrest"), 100)).toMatchObject({
    image: expect.stringContaining("image/jpeg"),
  });
  expect(await readImage(blob("RIFF0000WEBPrest"), 100)).toMatchObject({
    image: expect.stringContaining("image/webp"),
  });
});

it("refuses drawings with scripts, what only looks like an image, and what is too large", async () => {
  const refused = ["<svg xmlns='http://www.w3.org/2000/svg'/>", "RIFF0000WAVErest", "", "GIF89a"];
  for (const text of refused) expect(await readImage(blob(text), 100)).toEqual({ refused: "not_an_image" });
  expect(await readImage(blob(png), 5)).toEqual({ refused: "too_large" });
});
