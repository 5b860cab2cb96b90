// The pages that features name, a step away from the entry: there each page would list all the files that it loads.
import type { RouteComponent } from "vue-router";

const found = import.meta.glob<{ default: RouteComponent }>(["../features/*/*Page.vue", "!../features/gallery/**"]);

/** @throws Error of a page that is not there; `router.test.ts` walks all that are named. */
export function pageOf(feature: string, name: string): Promise<{ default: RouteComponent }> {
  const page = found[`../features/${feature}/${name}.vue`];
  if (!page) throw new Error(`No page ${name} in ${feature}`);
  return page();
}
