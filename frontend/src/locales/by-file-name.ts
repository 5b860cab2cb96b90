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
