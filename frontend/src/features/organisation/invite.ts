// Rows of people to invite: read from what is pasted, judged before they are sent, written out with their links.
import type { DepartmentRow, Invited, UserWrite } from "@/api/generated/types.gen";

export interface Row {
  name: string;
  /** A log-in name, or a mail address that is both. */
  user_name: string;
  /** Code of the one role that an invited person begins with. */
  roles: string;
  department_id: number | null;
}
export type Column = "name" | "user_name" | "roles" | "department_id" | "manager";
export const COLUMNS = ["name", "user_name", "roles", "department_id"] as const;
const PASTED: Column[] = [...COLUMNS, "manager"];
/** As many as one call takes. */
export const MOST = 50;
export const blank = (): Row => ({ name: "", user_name: "", roles: "", department_id: null });
export const isBlank = ({ name, user_name }: Row): boolean => !name.trim() && !user_name.trim();

/** First rows of sheets, in both languages. */
const HEADS: [RegExp, Column][] = [
  [/^(姓名|name)$/i, "name"],
  [/^(登录名|邮箱|电子邮箱|用户名|log-?in( name)?|e?-?mail|user ?name)$/i, "user_name"],
  [/^(角色|roles?)$/i, "roles"],
  [/^(部门|department)$/i, "department_id"],
  [/^(主管|上级|部门负责人|负责人|manager|leader)$/i, "manager"],
];
export interface Known {
  /** `word` is the reader's, `name` the one that is kept. */
  roles: { code: string; word: string; name: string }[];
  departments: Pick<DepartmentRow, "id" | "name" | "leader">[];
}

const cellsOf = (text: string): string[][] =>
  text
    .replace(/\r/g, "")
    .split("\n")
    .filter((line) => line.trim())
    .map((line) => line.split(/\t|[,，;；]/).map((cell) => cell.trim().replace(/^"(.*)"$/, "$1")));

function headOf(cells: string[]): (Column | undefined)[] | null {
  const found = cells.map((cell) => HEADS.find(([word]) => word.test(cell))?.[1]);
  return found.filter(Boolean).length > 1 || (cells.length === 1 && found[0]) ? found : null;
}

const same = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/** Whether the cell was understood: a role or a department that is not known is kept nowhere. */
function put(row: Row, column: Column, text: string, { roles, departments }: Known): boolean {
  if (column === "name" || column === "user_name") {
    row[column] = text;
    return true;
  }
  if (column === "roles") {
    row.roles = roles.find((role) => [role.code, role.word, role.name].some((word) => same(word, text)))?.code ?? "";
    return row.roles !== "";
  }
  const named = departments.find(({ name, leader }) =>
    column === "department_id" ? same(name, text) : leader && same(leader.name, text),
  );
  // Whom somebody reports to is whoever leads their department; that one is named itself counts more.
  row.department_id = column === "manager" ? (row.department_id ?? named?.id ?? null) : (named?.id ?? null);
  return row.department_id !== null;
}

export interface Filled {
  rows: Row[];
  /** What was not understood, by its cell. */
  lost: Record<string, string>;
  /** How many people are left out, beyond those whom one call takes. */
  over: number;
}

/** Fills rows from a sheet or a list, from one cell on; a first row of names tells which column is which. */
export function filled(rows: Row[], from: number, column: Column, text: string, known: Known): Filled {
  const lines = cellsOf(text);
  const head = headOf(lines[0] ?? []);
  const order = head ?? PASTED.slice(PASTED.indexOf(column));
  const result = rows.map((row) => ({ ...row }));
  const people = lines.slice(head ? 1 : 0);
  const lost: Record<string, string> = {};
  people.slice(0, MOST - from).forEach((cells, n) => {
    const row = (result[from + n] ??= blank());
    cells.forEach((cell, m) => {
      const at = order[m];
      if (!at || !cell || put(row, at, cell, known)) return;
      lost[`people.${from + n}.${at === "manager" ? "department_id" : at}`] = cell;
    });
  });
  return { rows: result, lost, over: Math.max(0, from + people.length - MOST) };
}

type Fault = "required" | "repeated" | "login";
const LOGIN = /^[^\s/]{2,60}$/;

/** What is wrong at which cell, before anything is sent; what the server knows alone (taken names, rights) comes after. */
export function faults(rows: Row[]): Record<string, Fault> {
  const found: Record<string, Fault> = {};
  const names = rows.map(({ user_name }) => user_name.trim().toLowerCase());
  rows.forEach((row, n) => {
    if (!row.name.trim()) found[`people.${n}.name`] = "required";
    if (!row.roles) found[`people.${n}.roles`] = "required";
    const name = names[n] ?? "";
    if (!name) found[`people.${n}.user_name`] = "required";
    else if (!LOGIN.test(name)) found[`people.${n}.user_name`] = "login";
    else if (names.indexOf(name) !== names.lastIndexOf(name)) found[`people.${n}.user_name`] = "repeated";
  });
  return found;
}

const MAIL = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;
export const written = (
  { name, user_name, roles, department_id }: Row,
  language: UserWrite["language"],
): UserWrite => ({
  name: name.trim(),
  user_name: user_name.trim(),
  email: MAIL.test(user_name.trim()) ? user_name.trim() : null,
  roles: [roles],
  department_id,
  ...(language ? { language } : {}),
});

export const addressOf = ({ link }: Invited): string => (link ? `${location.origin}${link.path}` : "");

/** A sheet runs what begins like a formula. */
const cell = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
export const sheet = (heads: string[], people: Invited[]): string =>
  "\uFEFF" +
  [heads, ...people.map((one) => [one.name, one.user_name, addressOf(one)])]
    .map((row) => row.map(cell).join(","))
    .join("\r\n");
