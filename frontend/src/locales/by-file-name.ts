export interface Messages {
  [key: string]: string | Messages;
}

export function byFileName(files: Record<string, unknown>): Messages {
  const named = Object.entries(files).map(([path, messages]) => [
    (path.split("/").pop() ?? "").replace(".json", ""),
    messages,
  ]);
  return Object.fromEntries(named) as Messages;
}

/** The messages of a noun with what its facts are called: a label of its own (`app/words/<noun>.json`), else the one of all. */
export const labelled = (messages: unknown, labels: unknown, common: unknown): Messages => {
  const { fields: shared } = common as { fields: Messages };
  const { fields } = labels as { fields: Messages };
  return { ...(messages as Messages), fields: { ...shared, ...fields } };
};

/** The messages of a language; `labels` are what the facts of the nouns are called, which the API reads too. */
export function messagesOf(files: Record<string, unknown>, labels: Record<string, unknown>): Messages {
  const messages = byFileName(files);
  const { common, ...nouns } = byFileName(labels);
  const named = Object.entries(nouns).map(([noun, own]) => [noun, labelled(messages[noun], own, common)]);
  return { ...messages, ...(Object.fromEntries(named) as Messages) };
}
