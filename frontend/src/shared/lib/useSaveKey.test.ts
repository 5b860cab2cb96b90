// @vitest-environment happy-dom
import { mount } from "@vue/test-utils";
import { afterEach, expect, it, vi } from "vitest";
import { defineComponent, h, nextTick, ref } from "vue";
import { useSaveKey } from "./useSaveKey.ts";

const [below, above] = [ref(false), ref(false)];
const [saveBelow, saveAbove] = [vi.fn(), vi.fn()];
const Windows = defineComponent(() => {
  useSaveKey(() => below.value, saveBelow);
  useSaveKey(() => above.value, saveAbove);
  // The kit's selects keep every Enter to themselves.
  return () => h("input", { onKeydown: (event: KeyboardEvent) => event.stopPropagation() });
});
let page: ReturnType<typeof mount>;
const press = (more: object) => page.get("input").trigger("keydown", { key: "Enter", ...more });

afterEach(() => {
  page.unmount();
  saveBelow.mockClear();
  saveAbove.mockClear();
  below.value = above.value = false;
});

it("saves from a control that keeps Enter to itself, by the chord alone", async () => {
  page = mount(Windows, { attachTo: document.body });
  below.value = true;
  await press({});
  await press({ ctrlKey: true, isComposing: true });
  expect(saveBelow).not.toHaveBeenCalled();
  await press({ ctrlKey: true });
  await press({ metaKey: true });
  expect(saveBelow).toHaveBeenCalledTimes(2);
});

it("means the window that was opened last", async () => {
  page = mount(Windows, { attachTo: document.body });
  below.value = true;
  above.value = true;
  await press({ ctrlKey: true });
  expect([saveBelow.mock.calls.length, saveAbove.mock.calls.length]).toEqual([0, 1]);
  above.value = false;
  await nextTick();
  await press({ ctrlKey: true });
  expect([saveBelow.mock.calls.length, saveAbove.mock.calls.length]).toEqual([1, 1]);
});
