// The other posts of a person, in words.
import type { PostRead } from "@/api/generated/types.gen";

/** Seen from a contact of this status: where they work now, work too, or worked before. */
export function wordOf(status: string, post: Pick<PostRead, "status">): "now" | "also" | "was" {
  if (post.status === "left") return "was";
  return status === "left" ? "now" : "also";
}
