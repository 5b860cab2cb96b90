// Rights as a person edits them: below their module, in the order of the menu. Pure; words come from the server.
import type { RightRead, RoleRow } from "@/api/generated/types.gen";

export interface OneRight {
  code: string;
  word: string;
  tip: string | null;
  /** The facts of records that it opens. */
  fields: string[];
}
export interface RightGroup {
  code: string;
  title: string;
  rights: OneRight[];
}
export interface Difference {
  added: string[];
  removed: string[];
}

/** `客户:财务信息` → `财务信息`, `Customers:financial facts` → `Financial facts`: what stands before the colon is the module. */
function action(text: string): string {
  const said = text.slice(text.indexOf(":") + 1).trim();
  return said.charAt(0).toUpperCase() + said.slice(1);
}

export function grouped(rows: RightRead[], chinese: boolean): RightGroup[] {
  const text = (row: RightRead) => (chinese ? row.text : row.text_en);
  return rows
    .filter(({ type }) => type === "menu")
    .map((module) => ({
      code: module.code,
      title: text(module),
      rights: rows
        .filter(({ parent_code }) => parent_code === module.code)
        .map((row) => ({
          code: row.code,
          word: action(text(row)),
          tip: chinese ? row.tip : (row.tip_en ?? row.tip),
          fields: row.fields,
        })),
    }))
    .filter(({ rights }) => rights.length > 0);
}

export function wordsOf(groups: RightGroup[]): Map<string, string> {
  return new Map(groups.flatMap(({ title, rights }) => rights.map(({ code, word }) => [code, `${title} · ${word}`])));
}

/** The rights that a search and a comparison leave; a module that is named shows all of its own. */
export function narrowed(groups: RightGroup[], search: string, only?: ReadonlySet<string>): RightGroup[] {
  const q = search.trim().toLowerCase();
  const meets = (...texts: (string | null)[]) => texts.some((text) => text?.toLowerCase().includes(q));
  return groups
    .map((group) => ({
      ...group,
      rights: group.rights.filter(
        ({ code, word, tip }) => (!only || only.has(code)) && (meets(group.title) || meets(code, word, tip)),
      ),
    }))
    .filter(({ rights }) => rights.length > 0);
}

export function difference(before: readonly string[], after: readonly string[]): Difference {
  return {
    added: after.filter((code) => !before.includes(code)),
    removed: before.filter((code) => !after.includes(code)),
  };
}

/** What is ticked of some rights. */
export function ticked(codes: readonly string[], held: ReadonlySet<string>): "all" | "some" | "none" {
  const n = codes.filter((code) => held.has(code)).length;
  return n === 0 ? "none" : n === codes.length ? "all" : "some";
}

/** The list with some rights in it, or without them, in one order: what was ticked and unticked again is no change. */
export function withRights(held: readonly string[], codes: readonly string[], on: boolean): string[] {
  const rest = held.filter((code) => !codes.includes(code));
  return (on ? [...rest, ...codes] : rest).toSorted();
}

/** True where a role may change what it cannot read: `customers:update` without `customers:read`. */
export function lacksRead(group: RightGroup, held: ReadonlySet<string>): boolean {
  const read = `${group.code}:read`;
  if (held.has(read) || !group.rights.some(({ code }) => code === read)) return false;
  return group.rights.some(({ code }) => held.has(code));
}

/** What somebody with these roles loses when one role holds `rights` from now on (none: it is disabled). */
export function lost(roles: RoleRow[], mine: readonly string[], edited: RoleRow, rights: readonly string[]): string[] {
  if (!mine.includes(edited.code) || edited.flag === "disabled") return [];
  const others = roles.filter(({ code, flag }) => mine.includes(code) && code !== edited.code && flag === "active");
  const kept = new Set([...rights, ...others.flatMap((role) => role.rights)]);
  return edited.rights.filter((code) => !kept.has(code));
}
