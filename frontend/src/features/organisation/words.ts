// Built-in roles read in the reader's language; roles of one's own by the name they were given.
import { hasKey, t } from "@/shared/lib/i18n.ts";

export function roleName(role: { code: string; name: string } | undefined, code = role?.code ?? ""): string {
  const key = `organisation.roles.names.${code}`;
  return hasKey(key) ? t(key) : (role?.name ?? code);
}
