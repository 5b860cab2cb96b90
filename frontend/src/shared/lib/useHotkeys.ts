// Keys as words: "c", "g c", "?", "mod+k". Silent while typing, in IME composition and under a dialog; listed by the help.
import { onScopeDispose, reactive } from "vue";

export interface Hotkey {
  keys: string;
  label: string;
  run: (event: KeyboardEvent) => void;
}

export const hotkeys = reactive<Hotkey[]>([]);
const SEQUENCE_MS = 1200;
let prefix = "";
let prefixAt = 0;

export const isMac = /Mac|iP(hone|ad|od)/.test(navigator.platform);

export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

/** An Enter that only confirms a candidate of the input method is not an Enter. */
export const isComposing = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === 229;

export function keyName(event: KeyboardEvent): string {
  // Under a non-Latin layout `key` is not a letter; the physical key is.
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1]?.toLowerCase();
  const latin = /^[\x20-\x7e]$/.test(event.key);
  const key = !latin && letter ? letter : event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return event.metaKey || event.ctrlKey ? `mod+${key}` : key;
}

/** Closed drawers stay in the page, hidden: only a dialog that shows makes the keys quiet. */
function dialogOpen(): boolean {
  return [...document.querySelectorAll("[aria-modal=true]")].some((dialog) => dialog.checkVisibility?.() ?? true);
}

function onKeydown(event: KeyboardEvent): void {
  if (event.defaultPrevented || isComposing(event) || event.altKey) return;
  const key = keyName(event);
  const quiet = isTyping(event.target) || dialogOpen();
  if (quiet && !key.startsWith("mod+")) return;
  const chain = prefix && Date.now() - prefixAt < SEQUENCE_MS ? `${prefix} ${key}` : key;
  const hit = hotkeys.findLast((hotkey) => hotkey.keys === chain) ?? hotkeys.findLast((hotkey) => hotkey.keys === key);
  prefix = hotkeys.some((hotkey) => hotkey.keys.startsWith(`${key} `)) ? key : "";
  prefixAt = Date.now();
  if (!hit) return;
  prefix = "";
  event.preventDefault();
  hit.run(event);
}

/** Registered for the life of the component that calls it; the latest registration of a key wins. */
export function useHotkeys(map: Hotkey[]): void {
  if (hotkeys.length === 0) document.addEventListener("keydown", onKeydown);
  hotkeys.push(...map);
  onScopeDispose(() => {
    for (const hotkey of map) {
      const at = hotkeys.findIndex((known) => known.keys === hotkey.keys && known.label === hotkey.label);
      if (at >= 0) hotkeys.splice(at, 1);
    }
    if (hotkeys.length === 0) document.removeEventListener("keydown", onKeydown);
  });
}

/** "mod+k" → ⌘K or Ctrl K, split into caps for <kbd>. */
export function keycaps(keys: string): string[] {
  return keys.split(" ").flatMap((part) => {
    if (!part.startsWith("mod+")) return [part.length === 1 ? part.toUpperCase() : part];
    return [isMac ? "⌘" : "Ctrl", part.slice(4).toUpperCase()];
  });
}
