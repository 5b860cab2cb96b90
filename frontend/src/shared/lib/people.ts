// Colleagues by name, for pickers: active people in scope, those who hold the right that the work needs; filters find who has left too.
import { listPeople } from "@/api/generated/sdk.gen";
import type { ListPeopleData } from "@/api/generated/types.gen";
import type { Right } from "@/api/rights.ts";
import { t } from "./i18n.ts";
import type { Option } from "./listQuery.ts";

type Asked = NonNullable<ListPeopleData["query"]>;

async function ask(query: Asked, signal: AbortSignal): Promise<Option[]> {
  const page = await listPeople({ query: { limit: 30, ...query }, signal });
  return page.items.map(({ id, name, active, department }) => ({
    value: String(id),
    label: active ? name : t("common.hasLeft", { name }),
    detail: department?.name,
  }));
}

const rights = (holding?: Right, within?: Right): Asked => ({
  ...(holding ? { holding } : {}),
  ...(within ? { within } : {}),
});

/** Who can be given work. */
export function searchPeople(holding?: Right, within?: Right) {
  return (word: string, signal: AbortSignal): Promise<Option[]> =>
    ask({ ...rights(holding, within), ...(word && !word.startsWith("#") ? { q: word } : {}) }, signal);
}

/** Whose records are looked for: who has left as well. `#7` names one person. */
export function findPeople(holding?: Right, within?: Right) {
  return (word: string, signal: AbortSignal): Promise<Option[]> =>
    word.startsWith("#")
      ? ask({ id: Number(word.slice(1)), left: true }, signal)
      : ask({ ...rights(holding, within), left: true, ...(word ? { q: word } : {}) }, signal);
}
