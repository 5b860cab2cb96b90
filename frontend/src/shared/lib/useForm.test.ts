// @vitest-environment happy-dom
import { flushPromises, mount } from "@vue/test-utils";
import { expect, it, vi } from "vitest";
import { defineComponent, h } from "vue";
import * as z from "zod/mini";
import { createMemoryHistory, createRouter } from "vue-router";
import { ApiError } from "@/api/errors.ts";
import { openQuestion } from "./ask.ts";
import { fieldOf } from "./formErrors.ts";
import { type FormOptions, useForm } from "./useForm.ts";

interface Values {
  title: string;
  customer_id: number | null;
}

function setup(options: Partial<FormOptions<Values, unknown>> = {}) {
  const save = vi.fn((_values: Values, _version: number) => Promise.resolve({}));
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: "/", component: {}, meta: { title: "" } }],
  });
  const made: { form?: ReturnType<typeof useForm<Values, unknown>> } = {};
  const Page = defineComponent(() => {
    made.form = useForm<Values, unknown>({ initial: () => ({ title: "", customer_id: null }), save, ...options });
    const { form } = made;
    return () => [h("input", { id: `${form?.id}-title`, "aria-invalid": form?.errors.title ? "true" : undefined })];
  });
  mount(Page, { global: { plugins: [router] }, attachTo: document.body });
  if (!made.form) throw new Error("no form");
  return { form: made.form, save };
}
const refuse =
  (status: number, more: object = {}) =>
  () =>
    Promise.reject(new ApiError(status, { type: "/problems/x", title: "x", status, ...more }));

it("reads JSON pointers", () => {
  expect([fieldOf("/customer_id"), fieldOf("/lines/0/count"), fieldOf("/a~1b~0c")]).toEqual([
    "customer_id",
    "lines.0.count",
    "a/b~c",
  ]);
});

it.each([422, 409])("puts the server's %i at its fields, and what has no field above the form", async (status) => {
  const errors = [
    { pointer: "/title", code: "taken", message: "已被占用" },
    { pointer: "/hidden", code: "odd", message: "不可用" },
  ];
  const { form } = setup({ save: refuse(status, { errors }) });
  form.values.title = "x";
  await form.submit();
  expect(form.errors.title).toBe("已被占用");
  expect(form.banner).toBe("不可用");
  expect(document.activeElement?.id).toBe(`${form.id}-title`);
});

it("asks the generated schema first and sends nothing that it refuses", async () => {
  const { form, save } = setup({
    schema: z.object({ title: z.string().check(z.minLength(1), z.maxLength(3)), customer_id: z.nullable(z.int()) }),
  });
  await form.submit();
  expect(form.errors.title).toBe("必填");
  form.values.title = "四个字啊";
  await form.submit();
  expect(form.errors.title).toBe("最多 3 个字符");
  expect(save).not.toHaveBeenCalled();
});

it("sends empty text as null and trims the rest", async () => {
  const { form, save } = setup();
  form.values.title = "  启明 ";
  await form.submit();
  expect(save.mock.calls[0]?.[0]).toEqual({ title: "启明", customer_id: null });
  expect(form.dirty).toBe(false);
});

it("asks before typed words are lost", async () => {
  const { form } = setup();
  expect(await form.mayLeave()).toBe(true);
  form.values.title = "x";
  const leaving = form.mayLeave();
  openQuestion.value?.resolve({ choice: "cancel", reason: "" });
  expect(await leaving).toBe(false);
});

it("saves over somebody else's version only when told to", async () => {
  const save = vi.fn((_values: Values, version: number) => (version === 1 ? refuse(412)() : Promise.resolve({})));
  const { form } = setup({ save, version: () => 1, latest: () => Promise.resolve({ version: 5 }) });
  form.values.title = "x";
  const saving = form.submit();
  await flushPromises();
  openQuestion.value?.resolve({ choice: "other", reason: "" });
  await saving;
  expect(save.mock.calls.map((call) => call[1])).toEqual([1, 5]);
});

it("saves over the version that was edited, though the record was read again behind the form", async () => {
  let present = 3;
  const { form, save } = setup({ version: () => present });
  form.values.title = "mine";
  present = 4;
  await form.submit();
  expect(save).toHaveBeenLastCalledWith({ title: "mine", customer_id: null }, 3);
  form.reset();
  await form.submit();
  expect(save.mock.lastCall?.[1]).toBe(4);
});

it("lets a message go as soon as its field is mended, and keeps those of other fields", async () => {
  const errors = [{ pointer: "/customer_id", code: "odd", message: "不可用" }];
  const { form } = setup({
    check: ({ title }): Record<string, string> => (title ? {} : { title: "必填" }),
    save: refuse(422, { errors }),
  });
  await form.submit();
  expect(form.errors).toEqual({ title: "必填" });
  form.values.title = "x";
  await flushPromises();
  expect(form.errors).toEqual({});

  await form.submit();
  expect(form.errors).toEqual({ customer_id: "不可用" });
  form.values.title = "y";
  await flushPromises();
  expect(form.errors).toEqual({ customer_id: "不可用" });
  form.values.customer_id = 7;
  await flushPromises();
  expect(form.errors).toEqual({});
});

it("says what staying means when it asks before something is lost", async () => {
  const { form } = setup();
  form.values.title = "x";
  void form.mayLeave();
  expect(openQuestion.value?.question.cancel).toBe("继续编辑");
  openQuestion.value?.resolve({ choice: "cancel", reason: "" });
});
