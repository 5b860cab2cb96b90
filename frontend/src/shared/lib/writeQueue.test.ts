// Which version a write names: that of the answer before it, also when it was begun before that answer came.
import { QueryClient } from "@tanstack/vue-query";
import { expect, it } from "vitest";
import { inTurn } from "./writeQueue.ts";

/** A server of one record that says which versions it was asked with. */
function given() {
  const asked: number[] = [];
  const write = (version: number) => {
    asked.push(version);
    return Promise.resolve({ id: 7, version: version + 1 });
  };
  return { asked, write, client: new QueryClient() };
}

it("names the version that one's own last write made, though it was begun on the one before", async () => {
  const { asked, write, client } = given();
  await inTurn(client, "chance-7", 1, write);
  await inTurn(client, "chance-7", 1, write); // a question was asked meanwhile, and the first was answered
  expect(asked).toEqual([1, 2]);
});

it("names what was read when that is newer, and keeps records apart", async () => {
  const { asked, write, client } = given();
  await inTurn(client, "chance-7", 1, write);
  await inTurn(client, "chance-7", 5, write);
  await inTurn(client, "chance-8", 1, write);
  expect(asked).toEqual([1, 5, 1]);
});

it("forgets nothing by a refusal and learns nothing from it", async () => {
  const { asked, write, client } = given();
  await inTurn(client, "chance-7", 1, write);
  await inTurn(client, "chance-7", 2, () => Promise.reject(new Error("refused"))).catch(() => undefined);
  await inTurn(client, "chance-7", 1, write);
  expect(asked).toEqual([1, 2]);
});
