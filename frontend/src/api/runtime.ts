// What every call carries: the bearer token, the language of the screen, an Idempotency-Key on POST, one retry after a refreshed session, and errors as ApiError.
import { toApiError } from "./errors.ts";
import type { CreateClientConfig } from "./generated/client.gen";
import { accessToken, expiresSoon, refresh } from "./token.ts";

interface Hooks {
  /** The session is over: resolve true once the person has signed in again (the call is then repeated), false when they gave up. */
  signInAgain: () => Promise<boolean>;
  /** Told of the nouns that a write changed, in the words of the header, and of the address that it removed, if any. */
  changed: (header: string, removed: string) => void;
  /** Given the record that the answer to a write is, with its address, before the caller has it. */
  kept: (address: string, record: unknown) => void;
  /** Told after every call whether the server answered. */
  reached: (yes: boolean) => void;
}

const hooks: Hooks = {
  signInAgain: () => Promise.resolve(false),
  changed: () => undefined,
  kept: () => undefined,
  reached: () => undefined,
};

export function installHooks(given: Partial<Hooks>): void {
  Object.assign(hooks, given);
}

/** `crypto.randomUUID` exists on https only; an office network may serve plain http. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Header for PATCH, PUT, DELETE: `updateChance({ path, body, headers: ifMatch(row) })`. */
export function ifMatch(row: { version: number } | number): { "if-match": string } {
  return { "if-match": `"${typeof row === "number" ? row : row.version}"` };
}

function prepare(request: Request): Request {
  const ready = request.clone();
  const token = accessToken();
  if (token) ready.headers.set("Authorization", `Bearer ${token}`);
  ready.headers.set("Accept-Language", globalThis.document?.documentElement.lang || "zh-CN");
  return ready;
}

async function send(request: Request): Promise<Response> {
  try {
    const response = await fetch(prepare(request));
    hooks.reached(![502, 503, 504].includes(response.status));
    return response;
  } catch (error) {
    if (!request.signal.aborted) hooks.reached(false);
    throw error;
  }
}

async function call(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  const isAuth = new URL(request.url).pathname.startsWith("/api/v1/auth/");
  if (request.method === "POST" && !isAuth && !request.headers.has("Idempotency-Key")) {
    request.headers.set("Idempotency-Key", newKey());
  }
  const door = isAuth && !request.url.endsWith("/auth/password");
  if (!door && expiresSoon()) await refresh();
  let response = await send(request);
  if (response.status === 401 && !door && ((await refresh()) || (await hooks.signInAgain()))) {
    response = await send(request);
  }
  // Who signs in or out reads anew anyhow, with another token.
  const stale = isAuth ? null : response.headers.get("Cache-Group-Invalidation");
  const removed = request.method === "DELETE" && response.ok;
  const address = response.ok ? response.headers.get("Content-Location") : null;
  if (address) hooks.kept(address, await response.clone().json());
  if (stale) hooks.changed(stale, removed ? new URL(request.url).pathname : "");
  return response;
}

export const createClientConfig: CreateClientConfig = (config) => ({
  ...config,
  baseUrl: globalThis.location?.origin ?? "",
  fetch: call as typeof fetch,
  throwOnError: true,
});

/** Called once from the app: the generated client throws ApiError and nothing else. */
export function throwApiErrors(client: {
  interceptors: { error: { use: (fn: (error: unknown, response: Response | undefined) => unknown) => unknown } };
}): void {
  client.interceptors.error.use((error, response) => toApiError(error, response));
}
