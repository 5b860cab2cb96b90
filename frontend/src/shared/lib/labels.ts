// What the facts of the nouns are called (`app/words`, which the API reads too), with the other words of their pages.
import { byFileName, type Messages } from "@/locales/by-file-name.ts";

/** The messages of a noun with what its facts are called: a label of its own, else the one of all nouns. */
export const labelled = (messages: unknown, labels: unknown, common: unknown): Messages => {
  const { fields: shared } = common as { fields: Messages };
  const { fields } = labels as { fields: Messages };
  return { ...(messages as Messages), fields: { ...shared, ...fields } };
};

/** The messages of a language. */
export function messagesOf(files: Record<string, unknown>, labels: Record<string, unknown>): Messages {
  const messages = byFileName(files);
  const { common, ...nouns } = byFileName(labels);
  const named = Object.entries(nouns).map(([noun, own]) => [noun, labelled(messages[noun], own, common)]);
  return { ...messages, ...(Object.fromEntries(named) as Messages) };
}
