// What each feature offers the shell: its pages, and what it is made by. They are found by their file, the gallery is not the product's.
import type { CreateEntry, FeatureRoute } from "@/shared/lib/routes.ts";

interface Feature {
  routes: FeatureRoute[];
  creates?: CreateEntry[];
}

export const features = Object.values(
  import.meta.glob<Feature>(["../features/*/routes.ts", "!../features/gallery/routes.ts"], { eager: true }),
);
