// What the "create" menu, the key `c` and the palette offer: what each feature says of it in its routes.ts.
import type { CreateEntry } from "@/shared/lib/routes.ts";
import { features } from "./features.ts";

export const createEntries: CreateEntry[] = features
  .flatMap((one) => one.creates ?? [])
  .sort((one, other) => one.order - other.order);
