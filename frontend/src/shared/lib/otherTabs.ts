// Tabs of one browser share the session's cookie: whoever logs out in one, or becomes somebody else, has done so in all.

const PERSON = "kith.person";

/** Say in every tab who is signed in here; null: nobody any more. */
export function tellTabs(person: number | null): void {
  if (person === null) localStorage.removeItem(PERSON);
  else localStorage.setItem(PERSON, String(person));
}

/** Calls `left` when another tab has logged out (true) or signed in as somebody else (false), also behind the back of a page that comes out of the browser's memory. */
export function onLeftElsewhere(mine: () => number | undefined, left: (out: boolean) => void): void {
  const compare = (now: string | null) => {
    const me = mine();
    if (me !== undefined && now !== String(me)) left(now === null);
  };
  addEventListener("storage", (event) => event.key === PERSON && compare(event.newValue));
  addEventListener("pageshow", (event) => event.persisted && compare(localStorage.getItem(PERSON)));
}
