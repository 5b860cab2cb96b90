// What the "create" menu, the key `c` and the palette offer; features lend their entries.
import { Building2, ContactRound, Headset, MessageSquarePlus, Target } from "@lucide/vue";
import { openOverlay } from "@/shared/lib/parts.ts";
import type { CreateEntry } from "@/shared/lib/routes.ts";

export const createEntries: CreateEntry[] = [
  { key: "chance", title: "chances.new", right: "chances:create", icon: Target, to: "/chances?new=1" },
  { key: "customer", title: "customers.new", right: "customers:create", icon: Building2, to: "/customers?new=1" },
  {
    key: "linkman",
    title: "linkmen.new",
    right: "linkmen:write",
    icon: ContactRound,
    run: () => openOverlay("linkman-form", {}),
  },
  {
    key: "service",
    title: "services.new",
    right: "services:create",
    icon: Headset,
    run: () => openOverlay("service-form", {}),
  },
  {
    key: "activity",
    title: "activities.log",
    right: "activities:write",
    icon: MessageSquarePlus,
    run: () => openOverlay("log-activity", {}),
  },
];
