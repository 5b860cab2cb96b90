// The menu is what the routes say, in the order of the modules, without what this person has no right to.
import { computed } from "vue";
import type { FeatureRoute, MenuEntry, MenuModule } from "@/shared/lib/routes.ts";
import { useSession } from "@/shared/domain/session.ts";
import { featureRoutes } from "../router.ts";

const MODULES: MenuModule[] = ["home", "sales", "customers", "service", "reports", "base", "access", "settings"];

export interface MenuLink extends MenuEntry {
  path: string;
  title: string;
}

function linksOf(module: MenuModule, routes: FeatureRoute[]): MenuLink[] {
  return routes
    .flatMap(({ path, meta }) => (meta.menu?.module === module ? [{ ...meta.menu, path, title: meta.title }] : []))
    .toSorted((a, b) => a.order - b.order);
}

export function useMenu() {
  const session = useSession();
  return computed(() => {
    const mine = featureRoutes.filter((route) => !route.meta.right || session.can(route.meta.right));
    return MODULES.map((module) => ({ module, links: linksOf(module, mine) })).filter(
      (group) => group.links.length > 0,
    );
  });
}
