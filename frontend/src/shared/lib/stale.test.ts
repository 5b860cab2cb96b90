import { QueryClient, QueryObserver } from "@tanstack/vue-query";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { createClientConfig, installHooks } from "@/api/runtime.ts";
import { addLayer, removeLayer } from "./layers.ts";
import { contract, dropStale, keepRecord, nounsOf } from "./stale.ts";

const client = new QueryClient();
const READS = ["listLosses", "getLoss", "listProducts", "listOrders", "listAudit", "listRights"];
const stale = () => READS.filter((_id) => client.getQueryState([{ _id }])?.isInvalidated);
const fill = () => READS.forEach((_id) => client.setQueryData([{ _id }], {}));
const leave: (() => void)[] = [];

/** A query on screen; returns how often it was asked for. */
function watched(key: object, made: QueryClient = client): () => number {
  const ask = vi.fn(() => Promise.resolve({}));
  made.setQueryData([key], {});
  const observer = new QueryObserver(made, { queryKey: [key], queryFn: ask, staleTime: Infinity });
  leave.push(observer.subscribe(() => undefined));
  return () => ask.mock.calls.length;
}
beforeAll(() => contract);
afterEach(() => {
  vi.unstubAllGlobals();
  leave.splice(0).forEach((go) => go());
  client.clear();
});

it("reads the header's list of nouns", () => {
  expect(nounsOf('"customers", "losses"')).toEqual(["customers", "losses"]);
});

it("drops what shows a changed noun, and nothing else", async () => {
  fill();
  await dropStale(client, ["losses"]);
  expect(stale()).toEqual(["listLosses", "getLoss", "listAudit"]);
  fill();
  await dropStale(client, ["customers"]);
  expect(stale()).toEqual(["listLosses", "getLoss", "listOrders", "listAudit"]);
});

it("drops every answer when the settings change: zone, currency and names go into all of them", async () => {
  fill();
  await dropStale(client, ["settings"]);
  expect(stale()).toEqual(READS);
});

it("reads each query on screen once, also where the key of one begins another's", async () => {
  const all = watched({ _id: "listPlans" });
  const some = watched({ _id: "listPlans", query: { bucket: "today" } });
  await dropStale(client, ["plans", "chances", "users"]);
  expect([all(), some()]).toEqual([1, 1]);
});

it("reads once after edits on their way, though they and the header both ask for it", async () => {
  const asked = watched({ _id: "getOrder", path: { order_id: 7 } });
  const layer = addLayer(client, [[{ _id: "getOrder" }]], (cached) => cached);
  await dropStale(client, ["orders"]);
  expect(asked()).toBe(0);
  removeLayer(client, layer, true);
  await dropStale(client, []);
  expect(asked()).toBe(1);
});

it("does not ask again for what is read of a record that was just removed", async () => {
  const gone = watched({ _id: "getOrder", path: { order_id: 7 } });
  const history = watched({ _id: "listOrderHistory", path: { order_id: 7 } });
  const others = [
    watched({ _id: "getOrder", path: { order_id: 8 } }),
    watched({ _id: "getCustomer", path: { customer_id: 7 } }),
  ];
  await dropStale(client, ["orders", "customers"], "/api/v1/orders/7");
  expect([gone(), history(), ...others.map((asked) => asked())]).toEqual([0, 0, 1, 1]);
});

it("reads the record of which only a part was removed", async () => {
  const order = watched({ _id: "getOrder", path: { order_id: 7 } });
  await dropStale(client, ["orders"], "/api/v1/orders/7/payments/7");
  expect(order()).toBe(1);
});

it("is told by the answer to a write, refused or not, and not by who signs in", async () => {
  const heard: string[] = [];
  installHooks({ changed: (header, removed) => void heard.push(`${header} ${removed}`) });
  const headers = { "Cache-Group-Invalidation": '"orders"' };
  const answers = [200, 200, 412].map((status) => new Response("{}", { status, headers }));
  vi.stubGlobal("fetch", () => Promise.resolve(answers.pop()));
  const call = createClientConfig({}).fetch as typeof fetch;
  await call("http://x/api/v1/orders/7", { method: "DELETE" });
  await call("http://x/api/v1/orders/7", { method: "DELETE" });
  await call("http://x/api/v1/auth/token", { method: "POST" });
  expect(heard).toEqual(['"orders" ', '"orders" /api/v1/orders/7']);
});

const answer = (status: number) =>
  new Response(JSON.stringify({ id: 7, version: status }), {
    status,
    headers: { "Content-Location": "/api/v1/orders/7" },
  });
const typed = (cached: unknown) => ({ ...Object(cached), note: "typed" }) as unknown;
const orderSeven = [{ _id: "getOrder", path: { order_id: 7 } }];

it("shows the record that a write answered with, where it is read and nowhere else", async () => {
  const others = [
    [{ _id: "getOrder", path: { order_id: 8 } }],
    [{ _id: "listOrderHistory", path: { order_id: 7 } }],
    [{ _id: "getCustomer", path: { customer_id: 7 } }],
  ];
  for (const key of [orderSeven, ...others]) client.setQueryData(key, { id: 7, version: 1 });
  installHooks({ kept: (address, record) => keepRecord(client, address, record) });
  const answers = [answer(412), answer(201)];
  vi.stubGlobal("fetch", () => Promise.resolve(answers.pop()));
  const call = createClientConfig({}).fetch as typeof fetch;
  const given = await call("http://x/api/v1/orders/7/payments", { method: "POST" });
  expect(await given.json()).toEqual({ id: 7, version: 201 });
  await call("http://x/api/v1/orders/7/payments", { method: "POST" });
  expect(client.getQueryData(orderSeven)).toEqual({ id: 7, version: 201 });
  for (const key of others) expect(client.getQueryData(key)).toEqual({ id: 7, version: 1 });
});

it("lays a write's answer below what is still on its way", () => {
  client.setQueryData(orderSeven, { id: 7, version: 1, note: "old", freight: "0.00" });
  const layer = addLayer(client, [[{ _id: "getOrder" }]], typed);
  keepRecord(client, "/api/v1/orders/7", { id: 7, version: 2, note: "old", freight: "9.00" });
  expect(client.getQueryData(orderSeven)).toEqual({ id: 7, version: 2, note: "typed", freight: "9.00" });
  removeLayer(client, layer, false);
  expect(client.getQueryData(orderSeven)).toEqual({ id: 7, version: 2, note: "old", freight: "9.00" });
});

it("takes no answer for the present record that is older than what is held", () => {
  client.setQueryData(orderSeven, { id: 7, version: 3 });
  keepRecord(client, "/api/v1/orders/7", { id: 7, version: 2 });
  expect(client.getQueryData(orderSeven)).toEqual({ id: 7, version: 3 });
});
