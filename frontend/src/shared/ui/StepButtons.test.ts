// @vitest-environment happy-dom
import { Pencil } from "@lucide/vue";
import { mount } from "@vue/test-utils";
import { expect, it, vi } from "vitest";
import StepButtons, { type StepButton } from "./StepButtons.vue";

const step = (name: string, more: Partial<StepButton> = {}): StepButton => ({
  step: name,
  label: name,
  icon: Pencil,
  run: vi.fn(),
  ...more,
});
const shown = (allowed: string[] | null, steps: StepButton[]) =>
  mount(StepButtons, { props: { of: allowed && { allowed_actions: allowed }, steps } }).findAll("button");

it("are those that the record allows, in the order of the list", () => {
  const steps = [step("assign"), step("update"), step("delete")];
  expect(shown(["delete", "assign"], steps).map((one) => one.text())).toEqual(["assign", "delete"]);
});

it("are there or not by the page's own word where it has one", () => {
  const steps = [step("print", { open: true }), step("delete", { open: false })];
  expect(shown(["delete"], steps).map((one) => one.text())).toEqual(["print"]);
});

it("are none as long as there is no record", () => {
  expect(shown(null, [step("print", { open: true })])).toEqual([]);
});

it("say why they are not open now, and do nothing", async () => {
  const held = step("cancel", { reason: "shipped" });
  const [button] = shown(["cancel"], [held]);
  expect(button?.attributes()).toMatchObject({ title: "shipped", disabled: "" });
  await button?.trigger("click");
  expect(held.run).not.toHaveBeenCalled();
});

it("have a name where they show their icon alone", async () => {
  const bare = step("delete", { bare: true });
  const [button] = shown(["delete"], [bare]);
  expect([button?.text(), button?.attributes("aria-label")]).toEqual(["", "delete"]);
  await button?.trigger("click");
  expect(bare.run).toHaveBeenCalledOnce();
});
