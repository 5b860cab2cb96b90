import { expect, it } from "vitest";
import { wordOf } from "./posts.ts";

it("says of another post where the person works now, works too, or worked", () => {
  expect(wordOf("left", { status: "active" })).toBe("now");
  expect(wordOf("active", { status: "active" })).toBe("also");
  expect(wordOf("active", { status: "left" })).toBe("was");
  expect(wordOf("left", { status: "left" })).toBe("was");
});
