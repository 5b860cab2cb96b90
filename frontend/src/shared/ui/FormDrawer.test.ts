// @vitest-environment happy-dom
import { mount } from "@vue/test-utils";
import { afterEach, expect, it, vi } from "vitest";
import { defineComponent, h, ref } from "vue";
import { createMemoryHistory, createRouter } from "vue-router";
import { i18n } from "../lib/i18n.ts";
import { type AnyForm, useForm } from "../lib/useForm.ts";
import FormDialog from "./FormDialog.vue";
import FormDrawer from "./FormDrawer.vue";
import FormField from "./FormField.vue";

const field = (form: AnyForm, name: string) =>
  h(
    FormField,
    { form, name, label: name, required: true },
    { default: ({ field: tie }: { field: object }) => h("input", { ...tie, name }) },
  );

function show(frame: typeof FormDrawer | typeof FormDialog, openAtOnce: boolean) {
  const open = ref(openAtOnce);
  const Page = defineComponent(() => {
    const form = useForm({ initial: () => ({ title: "", customer: "" }), save: () => Promise.resolve({}) });
    return () =>
      h(
        frame,
        { form, title: "t", modelValue: open.value, "onUpdate:modelValue": (yes: boolean) => (open.value = yes) },
        { default: () => [field(form, "title"), field(form, "customer")] },
      );
  });
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: "/", component: {}, meta: { title: "" } }],
  });
  mounted = mount(Page, { global: { plugins: [router, i18n] }, attachTo: document.body });
  return open;
}
let mounted: ReturnType<typeof mount> | undefined;
afterEach(() => mounted?.unmount());
const focused = () => vi.waitFor(() => expect((document.activeElement as HTMLInputElement).name).toBe("title"));

it.each([
  ["a drawer", FormDrawer],
  ["a dialog", FormDialog],
])("%s that is mounted open has the focus in its first field", async (_what, frame) => {
  show(frame as typeof FormDrawer, true);
  await focused();
  expect(document.activeElement?.getAttribute("aria-required")).toBe("true");
});

it("a drawer that opens later has it there too", async () => {
  const open = show(FormDrawer, false);
  open.value = true;
  await focused();
  expect(document.querySelector("[role=dialog]")?.contains(document.activeElement)).toBe(true);
});
