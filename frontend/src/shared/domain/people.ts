// Colleagues by name, for pickers: active people in scope, those who hold the right that the work needs; filters find who has left too.
import { listPeople, listPeopleLoads } from "@/api/generated/sdk.gen";
import type { ListPeopleData, PersonLoad } from "@/api/generated/types.gen";
import type { Right } from "@/api/rights.ts";
import { t } from "../lib/i18n.ts";
import type { Option } from "../lib/listQuery.ts";

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

const loadWords = ({ customers, chances, services }: PersonLoad) => t("common.load", { customers, chances, services });

/** Beside each who may be given work: how much they have already. Names come without it when it cannot be told. */
async function withLoads(found: Option[], within: Right, signal: AbortSignal): Promise<Option[]> {
  if (found.length === 0) return found;
  const query = { within, ids: found.map(({ value }) => Number(value)) };
  const told = await listPeopleLoads({ query, signal }).catch(() => []);
  const words = new Map(told.map((load) => [String(load.id), loadWords(load)]));
  return found.map((one) => ({ ...one, detail: [one.detail, words.get(one.value)].filter(Boolean).join(" · ") }));
}

/** Who can be given work: who holds the right that it needs, where a right of mine reaches them. */
export function searchPeople(holding?: Right, within?: Right) {
  return async (word: string, signal: AbortSignal): Promise<Option[]> => {
    const found = await ask(
      { ...rights(holding, within), ...(word && !word.startsWith("#") ? { q: word } : {}) },
      signal,
    );
    return holding && within ? withLoads(found, within, signal) : found;
  };
}

/** Whose records are looked for: who has left as well. `#7` names one person. */
export function findPeople(holding?: Right, within?: Right) {
  return (word: string, signal: AbortSignal): Promise<Option[]> =>
    word.startsWith("#")
      ? ask({ id: Number(word.slice(1)), left: true }, signal)
      : ask({ ...rights(holding, within), left: true, ...(word ? { q: word } : {}) }, signal);
}
