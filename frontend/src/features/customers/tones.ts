import type { Tone } from "@/shared/ui/StatusTag.vue";

export const STATUS_TONES: Record<string, Tone> = { normal: "success", warning: "warning", lost: "danger" };
export const LEVEL_TONES: Record<string, Tone> = {
  strategic: "violet",
  partner: "violet",
  major: "brand",
  focus: "brand",
};
