// @vitest-environment happy-dom
import { QueryClient, VueQueryPlugin } from "@tanstack/vue-query";
import { flushPromises, mount } from "@vue/test-utils";
import { expect, it, vi } from "vitest";
import { defineComponent, h } from "vue";
import { ApiError } from "@/api/errors.ts";
import { openQuestion } from "./ask.ts";
import { dropStale } from "./stale.ts";
import { toasts } from "./toast.ts";
import { patchRow, useOptimisticMutation } from "./useOptimisticMutation.ts";

interface Row {
  id: number;
  version: number;
  a: string;
  b: string;
}
interface Edit {
  id: number;
  version: number;
  patch: Partial<Row>;
}
const KEY = [{ _id: "getRow" }];
const problem = (status: number) => new ApiError(status, { type: "/problems/x", title: "x", status });

/** A mutation takes several turns of the event loop from its call to its request. */
async function quiet(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await flushPromises();
}

function setup(refused?: (error: ApiError, edit: Edit) => boolean) {
  const client = new QueryClient();
  client.setQueryData(KEY, { id: 1, version: 1, a: "old", b: "old" });
  const sent: { edit: Edit; answer: (row: Partial<Row>) => void; refuse: (status: number) => void }[] = [];
  const made: { edit?: (patch: Partial<Row>, id?: number) => Promise<Row | null> } = {};
  const Page = defineComponent(() => {
    const change = useOptimisticMutation<Edit, Row>({
      record: ({ id }) => `row-${id}`,
      mutate: (edit) =>
        new Promise((resolve, reject) => {
          const answer = (row: Partial<Row>) => resolve({ id: edit.id, version: 0, a: "old", b: "old", ...row });
          sent.push({ edit, answer, refuse: (status) => reject(problem(status)) });
        }),
      operations: ["getRow"],
      apply: (cached, { id, patch }) => patchRow(cached, id, patch),
      ...(refused ? { refused } : {}),
      latest: () => Promise.resolve({ version: 9 }),
    });
    made.edit = (patch, id = 1) => {
      const { version } = client.getQueryData<Row>(KEY) ?? { version: 0 };
      return change.mutateAsync({ id, version, patch }).catch(() => null);
    };
    return () => h("div");
  });
  mount(Page, { global: { plugins: [[VueQueryPlugin, { queryClient: client }]] } });
  if (!made.edit) throw new Error("not mounted");
  return { client, sent, edit: made.edit, shown: () => client.getQueryData<Row>(KEY) };
}

it("sends the second edit after the first one's answer, with the version that it gave", async () => {
  const { sent, edit, shown } = setup();
  void edit({ a: "new" });
  void edit({ b: "new" });
  await quiet();
  expect(shown()).toMatchObject({ a: "new", b: "new" });
  expect(sent.map((one) => one.edit.version)).toEqual([1]);
  sent[0]?.answer({ version: 2, a: "new" });
  await quiet();
  expect(sent.map((one) => one.edit.version)).toEqual([1, 2]);
  expect(shown()).toMatchObject({ version: 2, a: "new", b: "new" });
});

it("leaves a refusal that is worded elsewhere without a toast, and the row is back", async () => {
  const refused = vi.fn((error: ApiError) => error.status === 409);
  const { sent, edit, shown } = setup(refused);
  for (const status of [409, 403]) {
    toasts.splice(0);
    void edit({ a: "new" });
    await quiet();
    expect(shown()).toMatchObject({ a: "new" });
    sent.at(-1)?.refuse(status);
    await quiet();
    expect(shown()).toMatchObject({ a: "old" });
    expect(toasts).toHaveLength(status === 409 ? 0 : 1);
  }
  expect(refused.mock.calls.map(([error]) => error.status)).toEqual([409, 403]);
});

it("does not make one record wait for another", async () => {
  const { sent, edit } = setup();
  void edit({ a: "new" }, 1);
  void edit({ a: "new" }, 2);
  await quiet();
  expect(sent.map((one) => one.edit.id)).toEqual([1, 2]);
});

it("rolls back the refused edit only, and sends the next with the version that still holds", async () => {
  const { sent, edit, shown } = setup();
  void edit({ a: "first" });
  void edit({ a: "refused" });
  void edit({ b: "new" });
  await quiet();
  sent[0]?.answer({ version: 2, a: "first" });
  await quiet();
  sent[1]?.refuse(422);
  await quiet();
  expect(sent.map((one) => one.edit.version)).toEqual([1, 2, 2]);
  expect(shown()).toMatchObject({ version: 2, a: "first", b: "new" });
});

it("drops what was typed behind an edit that somebody else's save made stale", async () => {
  const { sent, edit, shown } = setup();
  void edit({ a: "mine" });
  void edit({ b: "mine" });
  await quiet();
  sent[0]?.refuse(412);
  await quiet();
  openQuestion.value?.resolve({ choice: "confirm", reason: "" });
  await quiet();
  expect(sent).toHaveLength(1);
  expect(shown()).toMatchObject({ a: "old", b: "old" });
});

it("reads again only when nothing is on its way", async () => {
  const { client, sent, edit } = setup();
  const read = vi.spyOn(client, "invalidateQueries");
  void edit({ a: "new" });
  void edit({ b: "new" });
  await quiet();
  client.setQueryData([{ _id: "listOrders" }], {});
  sent[0]?.answer({ version: 2, a: "new" });
  void dropStale(client, ["orders"]);
  await quiet();
  expect(read).not.toHaveBeenCalled();
  sent[1]?.answer({ version: 3, a: "new", b: "new" });
  await quiet();
  expect(read).toHaveBeenCalledOnce();
  expect(client.getQueryState([{ _id: "listOrders" }])?.isInvalidated).toBe(true);
});

it("reads again what a refused edit had broken off", async () => {
  const { client, sent, edit } = setup();
  void edit({ a: "new" });
  await quiet();
  sent[0]?.refuse(422);
  await quiet();
  expect(client.getQueryState(KEY)?.isInvalidated).toBe(true);
});
