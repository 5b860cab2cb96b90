// @vitest-environment happy-dom
import { QueryClient, VueQueryPlugin } from "@tanstack/vue-query";
import { flushPromises, mount } from "@vue/test-utils";
import { afterEach, expect, it, vi } from "vitest";
import { defineComponent, h } from "vue";
import { createMemoryHistory, createRouter } from "vue-router";
import { useListView } from "./useListView.ts";

interface Row {
  id: number;
}
const page = (from: number, next: string | null) => ({
  items: [{ id: from }, { id: from + 1 }],
  next_cursor: next,
  total: 4,
  total_is_exact: true,
});

async function setup(url: string) {
  const fetch = vi.fn((query: Record<string, unknown>) =>
    Promise.resolve(query.cursor ? page(3, null) : page(1, "next")),
  );
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: "/rows", component: {}, meta: { title: "" } }],
  });
  await router.push(url);
  const made: { view?: ReturnType<typeof useListView<Row>> } = {};
  const Page = defineComponent(() => {
    made.view = useListView<Row>({
      operation: "listRows",
      columns: [{ key: "id", title: "id", width: 80 }],
      tabs: ["mine", "all"],
      modes: ["list", "board"],
      filters: [{ key: "status", title: "s", kind: "choices" }],
      fetch,
    });
    return () => h("div");
  });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const wrapper = mount(Page, { global: { plugins: [router, [VueQueryPlugin, { queryClient: client }]] } });
  await flushPromises();
  if (!made.view) throw new Error("no view");
  return { view: made.view, fetch, router, wrapper };
}

afterEach(() => localStorage.clear());

it("asks what the link says", async () => {
  const { view, fetch } = await setup("/rows?tab=all&q=abc&status=open");
  expect(fetch.mock.calls[0]?.[0]).toMatchObject({ q: "abc", status: ["open"], limit: 100 });
  expect(view.rows.map((row) => row.id)).toEqual([1, 2]);
});

it("loads the next page by cursor and then knows that it was the last", async () => {
  const { view, fetch } = await setup("/rows");
  view.loadMore();
  await flushPromises();
  expect(fetch.mock.lastCall?.[0]).toMatchObject({ cursor: "next" });
  expect(view.rows.map((row) => row.id)).toEqual([1, 2, 3, 4]);
  expect(view.hasMore).toBe(false);
});

it("writes a change into the link, asks again and lets the selection go", async () => {
  const { view, router, fetch } = await setup("/rows");
  view.select([1, 2]);
  view.setFilter({ status: ["closed"] });
  await flushPromises();
  expect(router.currentRoute.value.query).toEqual({ status: "closed" });
  expect(fetch.mock.lastCall?.[0]).toMatchObject({ status: ["closed"] });
  expect(view.selected.size).toBe(0);
  await router.push("/rows");
  await flushPromises();
  expect(view.isFiltered).toBe(false);
});

it("counts as chosen only what is shown: rows that an act took out of the list are not chosen any more", async () => {
  const { view, fetch } = await setup("/rows");
  view.select([1, 2]);
  fetch.mockImplementation(() => Promise.resolve({ ...page(2, null), total: 2 }));
  view.refetch();
  await flushPromises();
  expect([...view.selected]).toEqual([2]);
  expect(view.selectedRows.map((row) => row.id)).toEqual([2]);
});

it("lets the selection go with the list, when the same rows are shown as a board", async () => {
  const { view } = await setup("/rows");
  view.select([1, 2]);
  view.setMode("board");
  await flushPromises();
  expect(view.selected.size).toBe(0);
});
