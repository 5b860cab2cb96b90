// Built-in roles are read in the reader's language, roles of one's own, and renamed ones, by the name they were given.
import { hasKey, t } from "../lib/i18n.ts";

const COME_WITH: Record<string, string> = {
  admin: "系统管理员",
  supervisor: "销售主管",
  manager: "客户经理",
  executive: "高管",
};

export const roleWord = ({ code, name }: { code: string; name: string }): string =>
  COME_WITH[code] === name && hasKey(`auth.roles.${code}`) ? t(`auth.roles.${code}`) : name;
