// One-time links carry their token behind `#`, which no server or log ever sees; it also leaves the address bar at once.
import { useRoute } from "vue-router";

export function takeLinkToken(): string {
  const token = new URLSearchParams(useRoute().hash.slice(1)).get("token") ?? "";
  if (token) history.replaceState(history.state, "", location.pathname);
  return token;
}
