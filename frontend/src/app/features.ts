// What each feature offers the shell: its pages, and what it is made by. They are found by their file, the gallery is not the product's.
import type { CreateEntry, FeatureRoute } from "@/shared/lib/routes.ts";

interface Feature {
  routes: FeatureRoute[];
  creates?: CreateEntry[];
}

const files = import.meta.glob<Feature>(["../features/*/routes.ts", "!../features/gallery/routes.ts"], { eager: true });

/** `arrivals` is the folder: `../features/arrivals/routes.ts`. */
export const features = Object.entries(files).map(([path, file]) => ({ ...file, folder: path.split("/")[2] ?? "" }));
