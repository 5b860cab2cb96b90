// The words of a feature come with its components: `locales/zh-CN/arrivals.json` with what stands in `features/arrivals`. Each of its
// components brings them by itself, and `chunks.ts` lets them travel in the file that its pages share: they cost no request of
// their own. A feature that needs more says so in a `messages.ts`; what is in the entry needs none.
import { existsSync, readFileSync } from "node:fs";
import type { Plugin } from "vite";

const COMPONENT = /\bsrc[\\/]features[\\/]([^\\/]+)[\\/][^\\/?]+\.vue$/;
const NAME = "virtual:words/";

/** The namespaces of the entry, as `locales/zh-CN.ts` names them. */
function ofEntry(src: string): Set<string> {
  const names = /zh-CN\/\{([^}]+)\}/.exec(readFileSync(`${src}/locales/zh-CN.ts`, "utf8"))?.[1];
  return new Set(names?.split(","));
}

/**
 * @param src The folder of the sources. A test brings the words of a feature by `import "virtual:words/<feature>"`.
 * @param labels What the facts of the nouns are called (`app/words`, which the API reads too): they come with the words.
 */
export function words(src: string, labels: string): Plugin {
  const entry = ofEntry(src);
  const own = (feature: string) => existsSync(`${src}/features/${feature}/messages.ts`);
  const come = (feature: string) =>
    !entry.has(feature) && !own(feature) && existsSync(`${src}/locales/zh-CN/${feature}.json`);
  return {
    name: "kith:words",
    enforce: "post",
    resolveId: (id) => (id.startsWith(NAME) ? `\0${id}` : null),
    load(id) {
      if (!id.startsWith(`\0${NAME}`)) return null;
      const feature = id.slice(NAME.length + 1);
      const named = existsSync(`${labels}/zh-CN/${feature}.json`);
      return `import messages from "@/locales/zh-CN/${feature}.json";
        import { addMessages } from "@/shared/lib/i18n.ts";
        ${named ? `import own from "@words/zh-CN/${feature}.json"; import all from "@words/zh-CN/common.json";` : ""}
        ${named ? `import { labelled } from "@/shared/lib/labels.ts";` : ""}
        addMessages("${feature}", ${named ? "labelled(messages, own, all)" : "messages"});`;
    },
    transform(code, id) {
      const feature = COMPONENT.exec(id)?.[1];
      return feature && come(feature) ? { code: `import "${NAME}${feature}";${code}`, map: null } : null;
    },
  };
}
