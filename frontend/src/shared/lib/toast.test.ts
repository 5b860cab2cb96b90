// @vitest-environment happy-dom
import { afterEach, expect, it } from "vitest";
import { toApiError } from "@/api/errors.ts";
import { setLanguage } from "./i18n.ts";
import { toast, toasts, wording } from "./toast.ts";

const PROBLEM = { type: "/problems/too-many", title: "Too many", status: 429, detail: "Wait.", request_id: "r-1" };

/** What the client throws for one call too many. */
function throttled(headers: Record<string, string>) {
  return toApiError(PROBLEM, new Response(null, { status: 429, headers }));
}

afterEach(async () => {
  toasts.splice(0);
  await setLanguage("zh-CN");
});

it("says in both languages how long to wait after one call too many", async () => {
  const error = throttled({ "Retry-After": "43" });
  expect(error.kind).toBe("throttled");
  expect(wording(error)).toBe("操作太频繁，请 43 秒后再试");
  await setLanguage("en-US");
  expect(wording(error)).toBe("Too many tries in a short time. Try again in 43 seconds");
});

it("shows it once, with the request's number, however many calls are refused", () => {
  toast.error(throttled({ "Retry-After": "43" }));
  toast.error(throttled({ "Retry-After": "43" }));
  expect(toasts.map(({ tone, text, detail }) => ({ tone, text, detail }))).toEqual([
    { tone: "error", text: "操作太频繁，请 43 秒后再试", detail: "请求编号 r-1" },
  ]);
});

it("says what the server said when it does not tell how long", () => {
  expect(wording(throttled({}))).toBe("Wait.");
});
