// @vitest-environment happy-dom
import { afterEach, expect, it, vi } from "vitest";
import { keepToken, mayBeSignedIn, refresh } from "./token.ts";

const answer = (status: number) =>
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(JSON.stringify({ title: "x", status }), { status })));

afterEach(() => vi.unstubAllGlobals());

it.each([429, 503])("a refresh that is answered %i says nothing about the session", async (status) => {
  keepToken({ access_token: "a", expires_in: 600 });
  answer(status);
  await expect(refresh()).rejects.toMatchObject({ name: "ApiError", status });
  expect(mayBeSignedIn()).toBe(true);
});

it("a refresh that is answered 401 is a session that has ended", async () => {
  answer(401);
  expect(await refresh()).toBe(false);
});
