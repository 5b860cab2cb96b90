// What the palette can do. The thing that renders a destination or an action also registers it here.
import { type Component, onScopeDispose, shallowReactive } from "vue";

export interface Command {
  id: string;
  /** Pages first, then actions (also those on the current selection). */
  group: "page" | "action" | "selection";
  title: () => string;
  /** Pinyin, initials, English: what else a hand may type. */
  keywords?: string | undefined;
  icon?: Component | undefined;
  keys?: string | undefined;
  visible?: () => boolean;
  run: () => void;
}

export interface FoundRecord {
  id: string;
  title: string;
  detail?: string;
  icon?: Component;
  to: string;
}
export type RecordSearch = (query: string, signal: AbortSignal) => Promise<FoundRecord[]>;

export const commands = shallowReactive(new Map<string, Command>());
export const recordSearches = shallowReactive(new Set<RecordSearch>());

export function useCommand(command: Command): void {
  commands.set(command.id, command);
  onScopeDispose(() => {
    if (commands.get(command.id) === command) commands.delete(command.id);
  });
}

/** A feature lends the palette its search over records. Called once, where the feature's routes are declared. */
export function registerRecordSearch(search: RecordSearch): void {
  recordSearches.add(search);
}

export function matches(command: Command, query: string): boolean {
  const text = `${command.title()} ${command.keywords ?? ""}`.toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
