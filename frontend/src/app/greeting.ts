// What the installation says of itself is here before the log-in page is: neither language nor name change before one's eyes.
import { getAuthStateOptions } from "@/api/generated/@tanstack/vue-query.gen";
import { type Language, setLanguage, storedLanguage } from "@/shared/lib/i18n.ts";
import { queryClient } from "./query.ts";

/** Longer nobody looks at an empty page; what comes later is shown then. */
const PATIENCE_MS = 3000;
let asked: Promise<void> | null = null;

async function ask(): Promise<void> {
  const { language } = await queryClient.fetchQuery({ ...getAuthStateOptions(), retry: false });
  if (!storedLanguage()) await setLanguage(language as Language, { keep: false });
}

/** Resolves once the language is set, or will not be soon: a server that is away is told on the page. */
export function greeted(): Promise<void> {
  asked ??= ask().catch(() => undefined);
  return Promise.race([asked, new Promise<void>((resolve) => setTimeout(resolve, PATIENCE_MS))]);
}
