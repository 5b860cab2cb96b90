// What the "create" menu, the key `c` and the palette offer; features lend their entries.
import { MessageSquarePlus, Target } from "@lucide/vue";
import { openOverlay } from "@/shared/lib/parts.ts";
import type { CreateEntry } from "@/shared/lib/routes.ts";

export const createEntries: CreateEntry[] = [
  { key: "chance", title: "chances.new", right: "chances:create", icon: Target, to: "/chances?new=1" },
  {
    key: "activity",
    title: "activities.log",
    right: "activities:write",
    icon: MessageSquarePlus,
    run: () => openOverlay("log-activity", {}),
  },
];
