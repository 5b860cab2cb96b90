// What is done with a role as a whole: enable, disable, delete. Refusals stand on the page, in words.
import { ref } from "vue";
import { toApiError } from "@/api/errors.ts";
import { deleteRole, updateRole } from "@/api/generated/sdk.gen";
import type { RoleRow } from "@/api/generated/types.gen";
import { ifMatch } from "@/api/runtime.ts";
import { confirmed } from "@/shared/lib/ask.ts";
import { t } from "@/shared/lib/i18n.ts";
import { roleWord } from "@/shared/domain/roles.ts";
import { useSession } from "@/shared/domain/session.ts";
import { toast, wording } from "@/shared/lib/toast.ts";
import { useRights, useRoles } from "./queries.ts";
import { lost } from "./rights.ts";

/** Our own words for what the server refuses of a role. */
export function refusalWords(thrown: unknown): string {
  const error = toApiError(thrown);
  const { code, count } = error.problem;
  if (code === "last_administrator") return t("organisation.roles.errors.lastAdministrator");
  if (code === "held") return t("organisation.roles.errors.held", { n: count });
  if (code === "built_in") return t("organisation.roles.errors.builtIn");
  return wording(error);
}

/** What the person at the screen would lose, as a question that says so. */
export function useOwnLoss() {
  const session = useSession();
  const { roles } = useRoles();
  const { say } = useRights();
  const mine = () => session.me?.roles.map(({ code }) => code) ?? [];
  function words(role: RoleRow, rights: readonly string[]): string {
    const gone = lost(roles.value, mine(), role, rights);
    if (gone.length === 0) return "";
    const gate = gone.includes("rbac:write") ? ` ${t("organisation.roles.rights.loseGate")}` : "";
    return t("organisation.roles.rights.loseBody", { rights: say(gone) }) + gate;
  }
  /** Rights of one's own are in force at once: the menu follows. */
  async function follow(role: RoleRow): Promise<void> {
    if (mine().includes(role.code)) await session.load().catch(() => undefined);
  }
  return { words, follow };
}

export function useRoleWrites() {
  const { words, follow } = useOwnLoss();
  const refusal = ref("");

  async function attempt(role: RoleRow, write: () => Promise<unknown>, done: string): Promise<boolean> {
    refusal.value = "";
    try {
      await write();
    } catch (thrown) {
      refusal.value = refusalWords(thrown);
      return false;
    }
    toast.success(t(done, { name: roleWord(role) }));
    return true;
  }

  async function setFlag(role: RoleRow, flag: "active" | "disabled"): Promise<void> {
    const own = words(role, []);
    const question = {
      title: t("organisation.roles.disableTitle", { name: roleWord(role) }),
      body: t("organisation.roles.disableBody", { n: role.people_count }) + (own && ` ${own}`),
      confirm: t("organisation.roles.disable"),
      tone: "danger" as const,
    };
    if (flag === "disabled" && !(await confirmed(question))) return;
    const write = () => updateRole({ path: { role_id: role.id }, body: { flag }, headers: ifMatch(role) });
    const done = flag === "active" ? "organisation.roles.enabled" : "organisation.roles.disabled";
    if (!(await attempt(role, write, done))) return;
    await follow(role);
  }

  async function remove(role: RoleRow, gone: () => unknown): Promise<void> {
    const question = {
      title: t("organisation.roles.deleteTitle", { name: roleWord(role) }),
      body: t("organisation.roles.deleteBody"),
      confirm: t("organisation.roles.delete"),
      tone: "danger" as const,
    };
    if (!(await confirmed(question))) return;
    const write = () => deleteRole({ path: { role_id: role.id }, headers: ifMatch(role) });
    if (!(await attempt(role, write, "organisation.roles.deleted"))) return;
    await gone();
  }
  return { setFlag, remove, refusal };
}
