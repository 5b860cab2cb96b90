// What the signed-in person may do with a record: the server says so with each, in lists as in the record itself. Nothing here guesses.
export const may = (record: { allowed_actions: readonly string[] } | null | undefined, step: string): boolean =>
  record?.allowed_actions.includes(step) ?? false;
