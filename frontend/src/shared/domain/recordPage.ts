// Where a record is looked at: the page of its noun, as the routes have it.
import type { Router } from "vue-router";

/** The path of a record's page; null where its noun has none. Roles stand in the log as `rbac`. */
export function recordPage(router: Router, noun: string, id: number): string | null {
  const path = `/${noun === "rbac" ? "roles" : noun.replaceAll("_", "-")}/${id}`;
  const found = router.resolve(path);
  return found.matched.length > 0 && found.name !== "missing" ? path : null;
}
