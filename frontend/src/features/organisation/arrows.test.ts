// @vitest-environment happy-dom
import { expect, it } from "vitest";
import { moveFocus } from "./arrows.ts";

function press(key: string): string | undefined {
  document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  return document.activeElement?.id;
}

it("goes to the sides box by box, up and down module by module, and no further than the ends", () => {
  document.body.innerHTML = `<div id="sheet">${["m1", "a", "b", "m2", "c"]
    .map((id) => `<input type="checkbox" id="${id}" ${id.startsWith("m") ? "data-module" : ""}>`)
    .join("")}</div>`;
  const sheet = document.getElementById("sheet");
  sheet?.addEventListener("keydown", (event) => moveFocus(event, sheet));
  document.getElementById("m1")?.focus();
  const keys = [
    "ArrowRight",
    "ArrowRight",
    "ArrowDown",
    "ArrowRight",
    "ArrowRight",
    "ArrowUp",
    "ArrowUp",
    "ArrowLeft",
    "x",
  ];
  expect(keys.map(press)).toEqual(["a", "b", "m2", "c", "c", "m2", "m1", "m1", "m1"]);
});
