// Which modules travel together. A request costs a browser more than a few KB do, so what pages share is a handful of files:
// framework, shell, pieces of pages, forms, calendar, and what the pages of one feature share. Pages stay files of their own.
import type { Rolldown } from "vite";

type CodeSplitting = Exclude<NonNullable<Rolldown.OutputOptions["codeSplitting"]>, boolean>;
type Group = NonNullable<CodeSplitting["groups"]>[number];
type Context = Parameters<Extract<Group["name"], (...given: never[]) => unknown>>[1];

const FRAMEWORK =
  /node_modules[\\/](@vue|vue|vue-router|pinia|vue-i18n|@intlify|@tanstack[\\/](query-core|vue-query))[\\/]/;
/** The screens that are made of facts; those of each noun are a file of their own. */
const NOUNS = /[\\/]src[\\/](shared[\\/]nouns[\\/]|api[\\/]generated[\\/]nouns\.gen)/;
const SHARED =
  /[\\/]src[\\/](shared[\\/](?!nouns[\\/])|api[\\/](?!generated[\\/]nouns))|node_modules[\\/](@lucide|@vueuse|element-plus|zod)[\\/]/;
/** What stands in a feature, and its words (`words.ts`). */
const FEATURE = /(?:[\\/]src[\\/]features[\\/]|virtual:words\/)([^\\/]+)(?:[\\/]|$)/;
/** From light to heavy, by what a module needs in the end. The calendar is as large as all other controls together. */
const KINDS = {
  pieces: /$/,
  forms: /node_modules[\\/](element-plus|zod)[\\/]/,
  calendar: /element-plus[\\/].*date-picker/,
};
type Kind = keyof typeof KINDS;
const kinds = Object.keys(KINDS) as Kind[];

/** Tell whether a module imports, itself or through others, one that bears such a name. */
function reaches(id: string, name: RegExp, context: Context, seen = new Set<string>()): boolean {
  if (name.test(id)) return true;
  seen.add(id);
  const further = context.getModuleInfo(id)?.importedIds ?? [];
  return further.some((next) => !seen.has(next) && reaches(next, name, context, seen));
}
const kindOf = (id: string, context: Context) => kinds.findLast((kind) => reaches(id, KINDS[kind], context));

/** A group takes along what its modules need: the light ones choose first, so that nothing light hangs on something heavy. */
const byKind = (test: RegExp, nameOf: (id: string, kind: Kind) => string): Group[] =>
  kinds.map((kind) => ({
    name: (id, context) => (kindOf(id, context) === kind ? nameOf(id, kind) : null),
    test,
    minShareCount: 2,
  }));

export const chunks: CodeSplitting = {
  groups: [
    { name: "vendor", test: FRAMEWORK },
    { name: "shell", tags: ["$initial"] },
    ...byKind(SHARED, (_id, kind) => kind),
    ...byKind(NOUNS, (_id, kind) => `nouns-${kind}`),
    ...byKind(FEATURE, (id, kind) => `${FEATURE.exec(id)?.[1]}-${kind}`),
  ],
};
