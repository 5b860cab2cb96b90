// Who is signed in and what they may do. The store of the session is the only one that knows; screens ask `can()`.
import { defineStore } from "pinia";
import { computed, nextTick, ref } from "vue";
import { isApiError } from "@/api/errors.ts";
import { getMe, logOut } from "@/api/generated/sdk.gen";
import type { MeRead } from "@/api/generated/types.gen";
import type { Right, Scope } from "@/api/rights.ts";
import { dropToken, keepToken, mayBeSignedIn, refresh } from "@/api/token.ts";
import { setFormats } from "../lib/format.ts";
import { type Language, setLanguage, storedLanguage } from "../lib/i18n.ts";
import { onLeftElsewhere, tellTabs } from "../lib/otherTabs.ts";
import { untilBack } from "../lib/server.ts";

export type Me = MeRead;
export interface Grant {
  access_token: string;
  expires_in: number;
}

export const useSession = defineStore("session", () => {
  const me = ref<Me | null>(null);
  /** True while the re-login dialog is open over a page whose forms must survive. */
  const expired = ref(false);
  let answered: ((again: boolean) => void) | null = null;
  let asking: Promise<boolean> | null = null;
  let started: Promise<void> | null = null;

  const rights = computed(() => new Map(me.value?.rights.map((held) => [held.right as string, held.scope as Scope])));
  const can = (right: Right): boolean => rights.value.has(right);
  const scope = (right: Right): Scope | null => rights.value.get(right) ?? null;

  async function load(): Promise<void> {
    const read = await getMe();
    setFormats(read);
    if (!storedLanguage()) await setLanguage(read.language as Language, { keep: false });
    me.value = read;
    tellTabs(read.id);
  }

  /** Once per page load: turn the refresh cookie into a session, if there is one. */
  function start(): Promise<void> {
    started ??= (async () => {
      while (!me.value && mayBeSignedIn()) {
        try {
          if (await refresh()) await load();
          else dropToken();
        } catch (error) {
          if (isApiError(error, "signed-out", "forbidden")) dropToken();
          else await untilBack(); // nobody is signed out because the server is
        }
      }
    })();
    return started;
  }

  async function enter(grant: Grant): Promise<void> {
    const before = me.value?.id;
    keepToken(grant);
    await load();
    if (before !== undefined && before !== me.value?.id) location.assign("/"); // somebody else: nothing of the old page may stay
    expired.value = false;
    answered?.(true);
  }

  /** The runtime calls this on a 401 that the cookie could not heal. One dialog, however many calls wait. */
  function signInAgain(): Promise<boolean> {
    if (!me.value) return Promise.resolve(false);
    expired.value = true;
    asking ??= new Promise<boolean>((resolve) => (answered = resolve)).finally(() => {
      asking = null;
      answered = null;
    });
    return asking;
  }

  function forget(): void {
    dropToken();
    tellTabs(null);
    expired.value = false;
    answered?.(false);
    location.assign("/login");
  }

  async function logout(): Promise<void> {
    await logOut().catch(() => undefined);
    forget();
  }

  onLeftElsewhere(
    () => me.value?.id,
    async (out) => {
      me.value = null; // takes the page away, and with it what would ask whether to stay
      await nextTick();
      location.replace(out ? "/login" : "/");
    },
  );

  return { me, expired, can, scope, start, load, enter, signInAgain, forget, logout };
});
