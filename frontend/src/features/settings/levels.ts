// Days by customer level, as they are typed.

/** With other days for a level, nothing written taking it out; what is no whole number goes on to the server's judgement. */
export function withDays(days: Record<string, number>, level: string, given: string): Record<string, number> {
  const text = given.trim();
  const typed: Record<string, unknown> = { ...days, [level]: /^\d+$/.test(text) ? Number(text) : text };
  if (!text) delete typed[level];
  const entries = Object.entries(typed).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries) as Record<string, number>;
}
