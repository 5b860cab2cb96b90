import { expect, it } from "vitest";
import { fitted, prepared } from "./pictureFile.ts";

it("keeps proportions, and never makes a picture larger or nothing", () => {
  expect(fitted(4000, 3000, 1600)).toEqual({ width: 1600, height: 1200 });
  expect(fitted(3000, 4000, 1600)).toEqual({ width: 1200, height: 1600 });
  expect(fitted(64, 32, 1600)).toEqual({ width: 64, height: 32 });
  expect(fitted(9000, 1, 1600)).toEqual({ width: 1600, height: 1 });
});

it("refuses what is no picture, whatever it is called", async () => {
  for (const text of ["<svg xmlns='http://www.w3.org/2000/svg'/>", "GIF89a", ""]) {
    const file = new File([text], "photo.png", { type: "image/png" });
    expect(await prepared(file)).toEqual({ refused: "not_an_image" });
  }
});
