// All English messages; imported lazily, so that they form a chunk of their own.
import { messagesOf } from "@/shared/lib/labels.ts";

export default messagesOf(
  import.meta.glob("./en-US/*.json", { eager: true, import: "default" }),
  import.meta.glob("@words/en-US/*.json", { eager: true, import: "default" }),
);
