// What a source brings in, told by the compilers that build it: static, for its effects, dynamic, passed on, as a type, by glob.
import ts from "typescript";
import { parse } from "vue/compiler-sfc";

export interface Import {
  path: string;
  /** Where it leads, seen from `src`: `shared/lib/may.ts`; a package keeps its name. Null when it is no literal. */
  to: string | null;
  relative: boolean;
}
interface Source {
  path: string;
  text: string;
}

function scriptsOf({ path, text }: Source): string[] {
  if (!path.endsWith(".vue")) return [text];
  const { script, scriptSetup } = parse(text, { filename: path, sourceMap: false }).descriptor;
  return [script, scriptSetup].flatMap((one) =>
    one ? [one.content, ...(one.src ? [`import "${one.src}"`] : [])] : [],
  );
}

const isGlob = (call: ts.CallExpression) => /^import\.meta\.glob\b/.test(call.expression.getText());
const listed = (node: ts.Expression | undefined): (ts.Node | undefined)[] =>
  node && ts.isArrayLiteralExpression(node) ? [...node.elements] : [node];

/** The nodes that name what is brought in, where a node brings something in. */
function namesIn(node: ts.Node): (ts.Node | undefined)[] {
  if (ts.isImportDeclaration(node)) return [node.moduleSpecifier];
  if (ts.isExportDeclaration(node)) return node.moduleSpecifier ? [node.moduleSpecifier] : [];
  if (ts.isImportTypeNode(node)) return [ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined];
  if (!ts.isCallExpression(node)) return [];
  if (node.expression.kind === ts.SyntaxKind.ImportKeyword) return [node.arguments[0]];
  return isGlob(node) ? listed(node.arguments[0]) : [];
}

/** `../lib/may.ts` in `shared/ui/Money.vue` is `shared/lib/may.ts`, as is `@/shared/lib/may.ts` anywhere. */
function leadsTo(path: string, name: string): string {
  if (name.startsWith("@/")) return name.slice(2);
  return name.startsWith(".") ? new URL(name, `file:///${path}`).pathname.slice(1) : name;
}

function importsIn(path: string, script: string): Import[] {
  const found: Import[] = [];
  const add = (node: ts.Node | undefined) => {
    const name = node && ts.isStringLiteralLike(node) ? node.text.replace(/^!/, "") : null;
    found.push({ path, to: name === null ? null : leadsTo(path, name), relative: name?.startsWith(".") ?? false });
  };
  const walk = (node: ts.Node): void => {
    namesIn(node).forEach(add);
    ts.forEachChild(node, walk);
  };
  walk(ts.createSourceFile(path, script, ts.ScriptTarget.Latest, true));
  return found;
}

export const importsOf = (source: Source): Import[] =>
  scriptsOf(source).flatMap((script) => importsIn(source.path, script));
