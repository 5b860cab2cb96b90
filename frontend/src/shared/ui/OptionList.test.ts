// @vitest-environment happy-dom
import { flushPromises, mount } from "@vue/test-utils";
import { expect, it } from "vitest";
import { i18n } from "../lib/i18n.ts";
import OptionList from "./OptionList.vue";

const answers: Record<string, string> = { "": "1", wang: "7" };
const search = (word: string) => Promise.resolve([{ value: answers[word] ?? "0", label: word }]);

it("ticks by Enter the first hit of the word that is written, not of the one before", async () => {
  const list = mount(OptionList, {
    props: { search, picked: ["3"], multiple: true, label: "人员" },
    global: { plugins: [i18n] },
  });
  await flushPromises();
  const box = list.get("input");
  await box.trigger("keydown", { key: "Enter" });
  expect(list.emitted("pick")).toBeUndefined();
  box.element.value = "wang";
  box.element.dispatchEvent(new Event("input"));
  await box.trigger("keydown", { key: "Enter" });
  await flushPromises();
  expect(list.emitted("pick")).toEqual([[["3", "7"]]]);
});
