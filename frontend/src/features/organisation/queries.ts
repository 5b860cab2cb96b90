import { useQuery } from "@tanstack/vue-query";
import { computed } from "vue";
import { listDepartmentsOptions, listRightsOptions, listRolesOptions } from "@/api/generated/@tanstack/vue-query.gen";
import type { RoleRow } from "@/api/generated/types.gen";
import { language, t } from "@/shared/lib/i18n.ts";
import { roleWord } from "@/shared/domain/roles.ts";
import { useSession } from "@/shared/domain/session.ts";
import { branchesOf } from "@/shared/lib/tree.ts";
import { grouped, wordsOf } from "./rights.ts";

export function useDepartments() {
  const query = useQuery(listDepartmentsOptions());
  const all = computed(() => query.data.value ?? []);
  const branches = computed(() => branchesOf(all.value));
  return { query, all, branches };
}

export function useRoles() {
  const query = useQuery(computed(() => ({ ...listRolesOptions(), enabled: useSession().can("rbac:read") })));
  const roles = computed(() => query.data.value ?? []);
  const name = (code: string) => roleWord(roles.value.find((role) => role.code === code) ?? { code, name: code });
  return { query, roles, name };
}

/** Several words as a sentence has them. */
export const listed = (words: string[]): string => words.join(language() === "zh-CN" ? "、" : ", ");

/** What a role is for: in the words of whoever described it, else of a built-in one in ours. */
export const aboutOf = ({ built_in, code, description }: RoleRow): string =>
  description ?? (built_in ? t(`organisation.roles.about.${code}`) : "");

/** Every right in the words of the reader; `say` is "customers · read" for a sentence. */
export function useRights() {
  const query = useQuery({ ...listRightsOptions(), staleTime: Infinity });
  const groups = computed(() => grouped(query.data.value ?? [], language() === "zh-CN"));
  const words = computed(() => wordsOf(groups.value));
  const say = (codes: readonly string[]) => listed(codes.map((code) => words.value.get(code) ?? code));
  return { query, groups, say };
}
