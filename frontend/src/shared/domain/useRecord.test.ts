// @vitest-environment happy-dom
import { QueryClient, queryOptions, VueQueryPlugin } from "@tanstack/vue-query";
import { flushPromises, mount } from "@vue/test-utils";
import { createPinia } from "pinia";
import { afterEach, expect, it, vi } from "vitest";
import { defineComponent, h } from "vue";
import { createMemoryHistory, createRouter } from "vue-router";
import { useRecord } from "./useRecord.ts";

interface Row {
  name: string;
  allowed_actions: ("update" | "delete")[];
}
const ROW: Row = { name: "启明", allowed_actions: ["update"] };
const fetch = vi.fn<() => Promise<Row>>();
const read = () => queryOptions({ queryKey: ["row"], queryFn: () => fetch() });
const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
type Made = ReturnType<typeof useRecord<Row, Error, string[]>>;

async function setup(more: Parameters<typeof useRecord<Row, Error, string[]>>[1] = {}): Promise<Made> {
  const page = { path: "/:rest(.*)", component: {}, meta: { title: "" } };
  const router = createRouter({ history: createMemoryHistory(), routes: [page] });
  const made: { record?: Made } = {};
  const Page = defineComponent(() => {
    made.record = useRecord(read, more);
    return () => h("div");
  });
  mount(Page, { global: { plugins: [createPinia(), router, [VueQueryPlugin, { queryClient }]] } });
  await flushPromises();
  if (!made.record) throw new Error("no record");
  return made.record;
}
/** A second read that fails, after one that did not. */
async function refreshed(record: Made): Promise<void> {
  fetch.mockRejectedValueOnce(new Error("away"));
  record.state.value.onRetry();
  await flushPromises();
}
afterEach(() => {
  fetch.mockReset();
  queryClient.clear();
});

it("is read, tells its steps, and its name in the browser's tab", async () => {
  fetch.mockResolvedValue(ROW);
  const { row, may, state } = await setup({ name: (one) => one.name });
  expect(row.value).toEqual(ROW);
  expect([may("update"), may("delete")]).toEqual([true, false]);
  expect(state.value).toMatchObject({ loading: false, error: null });
  expect(document.title).toMatch(/^启明 ·/);
});

it("leaves what is known on the page when a refresh fails", async () => {
  fetch.mockResolvedValueOnce(ROW);
  const record = await setup();
  await refreshed(record);
  expect(fetch).toHaveBeenCalledTimes(2);
  expect([record.row.value, record.state.value.error]).toEqual([ROW, null]);
});

it("tells the failure of a refresh where the page is strict", async () => {
  fetch.mockResolvedValueOnce(ROW);
  const record = await setup({ strict: true });
  await refreshed(record);
  expect(record.state.value.error).toEqual(new Error("away"));
});

it("is told as an error when there is nothing to show", async () => {
  fetch.mockRejectedValueOnce(new Error("gone"));
  expect((await setup()).state.value.error).toEqual(new Error("gone"));
});

it("is not asked for again once its page is left", async () => {
  fetch.mockResolvedValue(ROW);
  const record = await setup();
  await record.leave("/rows");
  await queryClient.invalidateQueries();
  expect(fetch).toHaveBeenCalledOnce();
  expect(record.row.value).toEqual(ROW);
});

it("is not asked for while the address names none", async () => {
  await setup({ known: () => false });
  expect(fetch).not.toHaveBeenCalled();
});
