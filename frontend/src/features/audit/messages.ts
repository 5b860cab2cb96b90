// The words of the log, and of the nouns that it tells of: their fields are called as on their pages.
import { messagesOf } from "@/shared/lib/labels.ts";
import { addMessages } from "@/shared/lib/i18n.ts";

const words = import.meta.glob(
  ["@/locales/zh-CN/*.json", "!@/locales/zh-CN/{home,organisation,recycle-bin,reports,workdays}.json"],
  { eager: true, import: "default" },
);
const labels = import.meta.glob("@words/zh-CN/*.json", { eager: true, import: "default" });
for (const [name, messages] of Object.entries(messagesOf(words, labels)))
  addMessages(name, messages as Parameters<typeof addMessages>[1]);
