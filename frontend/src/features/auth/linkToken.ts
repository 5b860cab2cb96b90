// One-time links carry their token behind `#`, which no server or log ever sees; it also leaves the address bar at once.
import { useQuery } from "@tanstack/vue-query";
import { computed } from "vue";
import { useRoute } from "vue-router";
import { getLinkState } from "@/api/generated/sdk.gen";
import { type Language, setLanguage, storedLanguage } from "@/shared/lib/i18n.ts";

/** How a page behind a link stands: still asking, open, or why it lets nobody in. */
export type Standing = "asking" | "good" | "incomplete" | "expired" | "used" | "unknown";

/** The link that was opened, asked about before anybody types: `first` is the door of the first administrator. */
export function useLink(first: boolean) {
  const token = takeLinkToken();
  const { data, isPending } = useQuery({
    queryKey: ["link", first, token],
    queryFn: () => ask(token, first),
    enabled: token !== "",
    retry: false,
  });
  const standing = computed<Standing>(() => {
    if (!token) return "incomplete";
    // An answer that does not come holds nobody up: the save has the last word.
    return isPending.value ? "asking" : (data.value?.state ?? "good");
  });
  return { token, standing };
}

/** What is said of a link is said in the language of whom it is for, unless this browser has one of its own. */
async function ask(token: string, first: boolean) {
  const answer = await getLinkState({ body: { token, first } });
  if (answer.language && !storedLanguage())
    await setLanguage(answer.language as Language, { keep: false }).catch(() => undefined);
  return answer;
}

function takeLinkToken(): string {
  const token = new URLSearchParams(useRoute().hash.slice(1)).get("token") ?? "";
  if (token) history.replaceState(history.state, "", location.pathname);
  return token;
}
