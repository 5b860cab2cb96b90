// The access token lives in memory only. A new one comes from the HttpOnly refresh cookie, under a Web Lock, so that tabs do not race.

import { toApiError } from "./errors.ts";

const REFRESH = "/api/v1/auth/refresh";
const HINT = "kith.signed-in";
const EARLY_MS = 20_000;

interface Grant {
  access_token: string;
  expires_in: number;
}

let access: string | null = null;
let expiresAt = 0;
let running: Promise<boolean> | null = null;

export const accessToken = (): string | null => access;

/** True when this browser has signed in before, so asking the cookie is worth a request. */
export function mayBeSignedIn(): boolean {
  return localStorage.getItem(HINT) === "1";
}

export function keepToken(grant: Grant): void {
  access = grant.access_token;
  expiresAt = Date.now() + grant.expires_in * 1000;
  localStorage.setItem(HINT, "1");
}

export function dropToken(): void {
  access = null;
  expiresAt = 0;
  localStorage.removeItem(HINT);
}

export const expiresSoon = (): boolean => access !== null && Date.now() > expiresAt - EARLY_MS;

async function askCookie(): Promise<boolean> {
  const response = await fetch(REFRESH, {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json" },
    body: "{}",
  });
  // A proxy without a server, or one call too many, says nothing about the session.
  if (response.status >= 500 || response.status === 429)
    throw toApiError(await response.json().catch(() => null), response);
  if (!response.ok) return false;
  keepToken((await response.json()) as Grant);
  return true;
}

/** One refresh at a time in this tab, and (where the browser has locks: https and localhost) across tabs. */
export function refresh(): Promise<boolean> {
  running ??= (navigator.locks ? navigator.locks.request("kith-refresh", askCookie) : askCookie()).finally(() => {
    running = null;
  }) as Promise<boolean>;
  return running;
}
