// Nothing fails in silence on the way to a page: a slow one shows that it comes, and a file of the SPA that does not come, because
// the server is away or a new release has other names, is asked for once more by a reload, or said to be missing.
import { ref } from "vue";
import { isNavigationFailure, NavigationFailureType, type Router } from "vue-router";

/** True from a click until the page's code is here. */
export const going = ref(false);

interface Lost {
  /** Where to go again. */
  to: string;
  /** The server does not answer; else it has no such file. */
  away: boolean;
}
export const lost = ref<Lost | null>(null);

const KEY = "kith.reloaded";
const PATIENCE_MS = 5000;
/** This file bears a hash of its release in its name. */
const RELEASE = import.meta.url;

async function serverThere(): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    return (await fetch("/", { method: "HEAD", cache: "no-store", signal })).ok;
  } catch {
    return false;
  }
}

/** Once for each release and tab: what a reload did not bring, another will not bring. */
function mayReload(): boolean {
  try {
    if (sessionStorage.getItem(KEY) === RELEASE) return false;
    sessionStorage.setItem(KEY, RELEASE);
    return true;
  } catch {
    return false; // nothing may be kept here: then nothing would stop it
  }
}

function reloadAt(to: string): void {
  // Another address by itself would do, but one that differs in its #part alone loads nothing.
  if (to !== here()) history.pushState(null, "", to);
  location.reload();
}
const here = () => location.pathname + location.search + location.hash;

/** The same page of the release that the server has now; says so when it is away. */
export async function goAgain(to: string): Promise<void> {
  if (await serverThere()) reloadAt(to);
  else lost.value = { to, away: true };
}

async function fileMissing(to: string): Promise<void> {
  const there = await serverThere();
  if (there && mayReload()) reloadAt(to);
  else lost.value = { to, away: !there };
}

/** To be called before the router starts. */
export function watchNavigation(router: Router): void {
  let missing: unknown = null;
  window.addEventListener("vite:preloadError", async ({ payload }) => {
    missing = payload;
    // A dialog or a piece of this page: nothing is reloaded, since something may be half written here.
    if (!going.value) lost.value = { to: here(), away: !(await serverThere()) };
  });
  router.beforeEach(() => void (going.value = true));
  router.afterEach((_to, from, failure) => {
    // Called off by another click, which is on its way.
    if (isNavigationFailure(failure, NavigationFailureType.cancelled)) return;
    going.value = false;
    if (from.matched.length > 0) lost.value = null; // the first page may come without its language
  });
  router.onError(async (error, to) => {
    going.value = false;
    if (error === missing) await fileMissing(to.fullPath);
    else lost.value = { to: to.fullPath, away: !(await serverThere()) };
  });
}
