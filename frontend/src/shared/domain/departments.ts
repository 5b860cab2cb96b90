// Departments by name, for pickers.
import { listDepartments } from "@/api/generated/sdk.gen";
import { option, type Search } from "./search.ts";

/** There are few of them and the list is whole: it is narrowed here. */
export const searchDepartments: Search = async (word, signal) => {
  const all = await listDepartments({ signal });
  const named = all.filter((row) => row.name.toLowerCase().includes(word.toLowerCase()));
  return named.map((row) => option(row.id, row.name, row.parent?.name));
};
