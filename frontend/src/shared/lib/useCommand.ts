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
/** Records by a word, noun by noun. */
export type RecordSearch = (query: string, signal: AbortSignal) => Promise<FoundRecord[]>;

export const commands = shallowReactive(new Map<string, Command>());

export function useCommand(command: Command): void {
  commands.set(command.id, command);
  onScopeDispose(() => {
    if (commands.get(command.id) === command) commands.delete(command.id);
  });
}

export function matches(command: Command, query: string): boolean {
  const text = `${command.title()} ${command.keywords ?? ""}`.toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
