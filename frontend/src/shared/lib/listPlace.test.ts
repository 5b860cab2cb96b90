// @vitest-environment happy-dom
import { flushPromises, mount } from "@vue/test-utils";
import { expect, it, vi } from "vitest";
import { defineComponent, h, reactive } from "vue";
import { createRouter, createWebHistory, RouterView } from "vue-router";
import { type ListPlace, useListPlace } from "./listPlace.ts";

const view = reactive({
  rows: [] as { id: number }[],
  hasMore: false,
  loadingMore: false,
  loadMore: vi.fn(),
});
const restored = vi.fn<(place: ListPlace) => void>();
const List = defineComponent(() => {
  useListPlace(
    "rows",
    () => view,
    () => ({ row: 2, top: 80 }),
    restored,
  );
  return () => h("div");
});

async function setup() {
  const router = createRouter({
    history: createWebHistory(),
    routes: [
      { path: "/rows", component: List, meta: { title: "" } },
      { path: "/start", component: { render: () => null }, meta: { title: "" } },
      { path: "/rows/2", component: { render: () => null }, meta: { title: "" } },
    ],
  });
  await router.push("/start");
  await router.push("/rows?status=open");
  mount(
    defineComponent(() => () => h(RouterView)),
    { global: { plugins: [router] } },
  );
  view.rows = [{ id: 1 }, { id: 2 }, { id: 3 }];
  await flushPromises();
  return router;
}
const back = async () => {
  history.back();
  await vi.waitFor(() => expect(location.pathname).toBe("/rows"));
  await flushPromises();
};

it("comes back to the place and the row, once as much is read as was", async () => {
  restored.mockClear();
  const router = await setup();
  expect(restored).not.toHaveBeenCalled();
  await router.push("/rows/2");
  view.rows = [{ id: 1 }];
  view.hasMore = true;
  await back();
  expect(view.loadMore).toHaveBeenCalledOnce();
  expect(restored).not.toHaveBeenCalled();
  view.rows = [{ id: 1 }, { id: 2 }, { id: 3 }];
  await flushPromises();
  expect(restored).toHaveBeenCalledExactlyOnceWith({ row: 2, top: 80, count: 3 });
});

it("begins at the top when the list is asked for anew", async () => {
  const router = await setup();
  await router.push("/rows/2");
  restored.mockClear();
  history.go(-2);
  await vi.waitFor(() => expect(router.currentRoute.value.path).toBe("/start"));
  await router.push("/rows?status=open"); // at the very position of before
  await flushPromises();
  expect(restored).not.toHaveBeenCalled();
});
