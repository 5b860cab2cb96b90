// The facts of a service as the form holds them, and as the API takes them.
import type { ServicePatch, ServiceRead, ServiceWrite } from "@/api/generated/types.gen";
import { instantOf, localMoment } from "@/shared/lib/time.ts";
import type { Level } from "./columns.ts";

export const COMPLAINT = "complaint";
export const INQUIRY = "inquiry";

export interface ServiceValues {
  customer_id: number | null;
  linkman_id: number | null;
  type: string;
  category: string | null;
  channel: string | null;
  product_id: number | null;
  priority: Level;
  /** On the company's clock, as the other moments that forms hold. */
  deadline: string | null;
  title: string;
  request: string;
  severity: Level | "";
  department_id: number | null;
  cause: string | null;
  measure: string | null;
}

export const emptyValues = (customerId: number | null = null): ServiceValues => ({
  customer_id: customerId,
  linkman_id: null,
  type: INQUIRY,
  category: null,
  channel: null,
  product_id: null,
  priority: "mid",
  deadline: null,
  title: "",
  request: "",
  severity: "",
  department_id: null,
  cause: "",
  measure: "",
});

export const valuesOf = (service: ServiceRead): ServiceValues => ({
  customer_id: service.customer?.id ?? null,
  linkman_id: service.linkman?.id ?? null,
  type: service.type,
  category: service.category,
  channel: service.channel,
  product_id: service.product?.id ?? null,
  priority: service.priority as Level,
  deadline: service.deadline && localMoment(service.deadline),
  title: service.title,
  request: service.request,
  severity: (service.severity ?? "") as Level | "",
  department_id: service.department?.id ?? null,
  cause: service.cause ?? "",
  measure: service.measure ?? "",
});

/** A follow-up starts from whom and what its origin was about; what was asked and by when is new. */
export const followUpValues = (origin: ServiceRead): ServiceValues => ({
  ...emptyValues(origin.customer?.id ?? null),
  type: origin.type,
  category: origin.category,
  linkman_id: origin.linkman?.id ?? null,
  product_id: origin.product?.id ?? null,
});

/** Only a complaint has the last four; empty is null. */
export function bodyOf(values: ServiceValues): ServiceWrite {
  const { severity, department_id, cause, measure, deadline, ...facts } = values;
  const complaint = { severity: severity || null, department_id, cause: cause || null, measure: measure || null };
  return {
    ...facts,
    deadline: deadline && instantOf(deadline),
    ...(values.type === COMPLAINT ? complaint : {}),
  };
}

/** What differs from before: an unchanged value that the dictionary has disabled since is not asked for again. */
export function changesOf(values: ServiceValues, before: ServiceValues): ServicePatch {
  const old: Record<string, unknown> = { ...bodyOf(before) };
  const { customer_id: _customer, ...now } = bodyOf(values);
  return Object.fromEntries(Object.entries(now).filter(([name, value]) => value !== (old[name] ?? null)));
}

export const followUpBody = (values: ServiceValues, origin: ServiceRead): ServiceWrite => ({
  ...changesOf(values, followUpValues(origin)),
  title: values.title,
  request: values.request,
  priority: values.priority,
  origin_id: origin.id,
});
