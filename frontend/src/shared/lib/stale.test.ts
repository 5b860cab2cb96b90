import { QueryClient } from "@tanstack/vue-query";
import { afterEach, expect, it, vi } from "vitest";
import { createClientConfig, installHooks } from "@/api/runtime.ts";
import { dropStale, nounsOf } from "./stale.ts";

const client = new QueryClient();
const READS = ["listLosses", "getLoss", "listProducts", "listOrders"];
const stale = () => READS.filter((_id) => client.getQueryState([{ _id }])?.isInvalidated);
const fill = () => READS.forEach((_id) => client.setQueryData([{ _id }], {}));

afterEach(() => vi.unstubAllGlobals());

it("reads the header's list of nouns", () => {
  expect(nounsOf('"customers", "losses"')).toEqual(["customers", "losses"]);
  expect(nounsOf(null)).toEqual([]);
});

it("drops what shows a changed noun, and nothing else", () => {
  fill();
  dropStale(client, ["losses"]);
  expect(stale()).toEqual(["listLosses", "getLoss"]);
  fill();
  dropStale(client, ["customers"]);
  expect(stale()).toEqual(["listLosses", "getLoss", "listOrders"]);
});

it("does not ask again for a record that was just removed", () => {
  fill();
  const asked = vi.spyOn(client, "invalidateQueries");
  dropStale(client, ["losses"], true);
  expect(asked).toHaveBeenCalledWith({ queryKey: [{ _id: "getLoss" }], refetchType: "none" });
});

it("is told by the answer to a write, after who wrote has heard of it, and not by who signs in", async () => {
  const heard: string[] = [];
  installHooks({ changed: (header, method) => void heard.push(`${method} ${header}`) });
  const headers = { "Cache-Group-Invalidation": '"orders", "losses"' };
  vi.stubGlobal("fetch", () => Promise.resolve(new Response("{}", { headers })));
  const call = createClientConfig({}).fetch as typeof fetch;
  await call("http://x/api/v1/orders/1/confirm", { method: "POST" });
  expect(heard).toEqual([]);
  await call("http://x/api/v1/auth/token", { method: "POST" });
  await vi.waitFor(() => expect(heard).toEqual(['POST "orders", "losses"']));
});
