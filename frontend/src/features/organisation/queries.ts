import { useQuery, useQueryClient } from "@tanstack/vue-query";
import { computed } from "vue";
import { listDepartmentsOptions, listRolesOptions } from "@/api/generated/@tanstack/vue-query.gen";
import { branchesOf } from "@/shared/lib/tree.ts";
import { roleName } from "./words.ts";

export function useDepartments() {
  const query = useQuery(listDepartmentsOptions());
  const all = computed(() => query.data.value ?? []);
  const branches = computed(() => branchesOf(all.value));
  return { query, all, branches };
}

export function useRoles() {
  const { data } = useQuery(listRolesOptions());
  const roles = computed(() => data.value ?? []);
  const name = (code: string) =>
    roleName(
      roles.value.find((role) => role.code === code),
      code,
    );
  return { roles, name };
}

export function useOrganisationRefresh(): () => Promise<unknown> {
  const client = useQueryClient();
  return () =>
    Promise.all(
      ["listUsers", "getUser", "listDepartments", "listRoles", "listPeople"].map((_id) =>
        client.invalidateQueries({ queryKey: [{ _id }] }),
      ),
    );
}
