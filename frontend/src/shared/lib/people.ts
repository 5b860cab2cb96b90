// Colleagues by name, for pickers and filters: active people in scope, those who hold the right that the work needs.
import { listPeople } from "@/api/generated/sdk.gen";
import type { Right } from "@/api/rights.ts";
import type { Option } from "./listQuery.ts";

export function searchPeople(holding?: Right, within?: Right) {
  return async (word: string, signal: AbortSignal): Promise<Option[]> => {
    const query = {
      limit: 30,
      ...(holding ? { holding } : {}),
      ...(within ? { within } : {}),
      ...(word && !word.startsWith("#") ? { q: word } : {}),
    };
    const page = await listPeople({ query, signal });
    return page.items.map((person) => ({
      value: String(person.id),
      label: person.name,
      detail: person.department?.name,
    }));
  };
}
