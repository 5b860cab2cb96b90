// The records of a noun, asked for by what the contract says of it: every noun has the same addresses.
import type { QueryFunctionContext } from "@tanstack/vue-query";
import { client } from "@/api/generated/client.gen.ts";
import { type Noun, TITLES } from "@/api/generated/nouns.gen.ts";
import { RECORDS } from "@/api/generated/shown.gen.ts";
import type { LogRow } from "@/api/generated/types.gen";
import { ifMatch } from "@/api/runtime.ts";
import { language } from "../lib/i18n.ts";
import type { Page } from "../lib/useListView.ts";

/** What every record has. */
export interface Kept {
  id: number;
  version: number;
  allowed_actions: readonly string[];
}
type Query = Record<string, unknown>;
type Told<Answer> = { 200: Answer };

const CALL = { throwOnError: true, security: [{ scheme: "bearer", type: "http" }] } as const;

/** What people know a record by: in English by its English name, where it has one. */
export function nameOf(code: string, row: object): string {
  const key = TITLES[code] ?? "name";
  const english = language() === "en-US" ? Reflect.get(row, `${key}_en`) : null;
  return String(english || (Reflect.get(row, key) ?? ""));
}

const told = async <Answer>(answer: Promise<{ data: Answer }>): Promise<Answer> => (await answer).data;

const get = <Answer>(url: string, query: Query, signal?: AbortSignal) =>
  told(client.get<Told<Answer>, unknown, true>({ ...CALL, url, query, ...(signal ? { signal } : {}) }));

/** `code`: `assets`. Each call throws `ApiError`; writes make stale what shows the noun, as all do. */
export function recordsOf<Read extends Kept>(code: string) {
  const all = `/api/v1/${code}`;
  const one = (id: number) => `${all}/${id}`;
  const post = (url: string, body?: object) =>
    told(
      client.post<Told<Read>, unknown, true>({
        ...CALL,
        url,
        ...(body ? { body, headers: { "Content-Type": "application/json" } } : {}),
      }),
    );
  return {
    page: <Row>(query: Query, signal?: AbortSignal) => get<Page<Row>>(all, query, signal),
    read: (id: number, signal?: AbortSignal) => get<Read>(one(id), {}, signal),
    history: (id: number, query: Query, signal?: AbortSignal) =>
      get<{ items: LogRow[]; next_cursor: string | null }>(`${one(id)}/history`, query, signal),
    create: (body: object) => post(all, body),
    restore: (id: number) => post(`${one(id)}/restore`),
    update: (id: number, body: object, version: number) =>
      told(
        client.patch<Told<Read>, unknown, true>({
          ...CALL,
          url: one(id),
          body,
          headers: { "Content-Type": "application/json", ...ifMatch(version) },
        }),
      ),
    remove: (row: Kept) => client.delete<unknown, unknown, true>({ ...CALL, url: one(row.id), headers: ifMatch(row) }),
  };
}

/** The read of one record, under the key by which writes find it. */
export function recordOptions<Read extends Kept>(noun: Noun, id: number) {
  const path = { [RECORDS[noun.code]?.[1] ?? "id"]: id };
  return {
    queryKey: [{ _id: noun.read, path }] as const,
    queryFn: ({ signal }: QueryFunctionContext) => recordsOf<Read>(noun.code).read(id, signal),
  };
}
