// Built-in roles are read in the reader's language, roles of one's own by the name they were given.
import { hasKey, t } from "./i18n.ts";

export const roleWord = ({ code, name }: { code: string; name: string }): string =>
  hasKey(`auth.roles.${code}`) ? t(`auth.roles.${code}`) : name;
