// The one way to build a form: values, messages at the fields, one save at a time, nothing lost without asking.
import { computed, nextTick, onScopeDispose, reactive, ref, useId } from "vue";
import { useRouter } from "vue-router";
import { type ApiError, toApiError } from "@/api/errors.ts";
import { askStale, confirmed } from "./ask.ts";
import { type FieldErrors, type Schema, schemaErrors, serverErrors, tidy } from "./formErrors.ts";
import { useMended } from "./useMended.ts";
import { t } from "./i18n.ts";
import { versionOf } from "./writeQueue.ts";
import { toast, wording } from "./toast.ts";

export interface FormOptions<Values extends object, Result> {
  initial: () => Values;
  /** The generated schema of the request body. */
  schema?: Schema;
  /** Rules no schema can say ("the two passwords match"): field → message. */
  check?: (values: Values) => FieldErrors;
  /** `version` is given when the form edits a record: send it as If-Match. */
  save: (values: Values, version: number) => Promise<Result>;
  saved?: (result: Result) => unknown;
  /** Asked when the values are taken over: what is read again behind the form does not pass for what was edited. */
  version?: () => number;
  /** Reads the record again, for "reload" and "overwrite" after somebody else's save. */
  latest?: () => Promise<{ version: number }>;
  /** First look at a refusal (e.g. 409 duplicate-customer); true = handled. */
  refused?: (error: ApiError) => boolean;
}

export function useForm<Values extends object, Result>(options: FormOptions<Values, Result>) {
  const id = useId();
  const values = reactive(options.initial()) as Values;
  const baseline = ref(JSON.stringify(values));
  const errors = ref<FieldErrors>({});
  const banner = ref("");
  const busy = ref(false);
  const present = () => options.version?.() ?? 0;
  let version = present();
  const dirty = computed(() => JSON.stringify(values) !== baseline.value);

  function reset(given: Values = options.initial()): void {
    Object.assign(values, given);
    baseline.value = JSON.stringify(values);
    version = Math.max(version, present());
    errors.value = {};
    banner.value = "";
  }

  /** What was read again touches nothing that is edited: the next save is over that. */
  function adopt(): void {
    version = present();
  }

  const judge = (body: Values): FieldErrors => ({
    ...(options.schema ? schemaErrors(options.schema, body) : {}),
    ...options.check?.(body),
  });
  useMended(values, errors, () => judge(tidy(values)));

  async function show(found: FieldErrors): Promise<void> {
    errors.value = found;
    await nextTick();
    for (const name of Object.keys(found)) {
      const control = document.getElementById(`${id}-${name}`);
      if (!control) banner.value = banner.value ? `${banner.value} ${found[name]}` : (found[name] ?? "");
    }
    document.querySelector<HTMLElement>(`[id^="${CSS.escape(id)}-"][aria-invalid=true]`)?.focus();
  }

  async function settleStale(body: Values): Promise<void> {
    const choice = await askStale();
    if (choice === "cancel" || !options.latest) return;
    const current = await options.latest();
    if (choice === "reload") reset();
    else await attempt(body, current.version);
  }

  async function refuse(thrown: unknown, body: Values): Promise<void> {
    const error = toApiError(thrown);
    if (options.refused?.(error)) return;
    if (error.kind === "stale" && options.latest) await settleStale(body);
    else if ((error.kind === "invalid" || error.kind === "conflict") && error.fields.length > 0)
      await show(serverErrors(error.fields));
    else if (error.kind === "away") banner.value = t("errors.kind.away");
    else if (error.kind === "other") toast.error(error);
    else banner.value = wording(error);
  }

  async function attempt(body: Values, over: number): Promise<void> {
    try {
      const result = await options.save(body, over);
      version = versionOf(result) ?? version;
      baseline.value = JSON.stringify(values);
      await options.saved?.(result);
    } catch (thrown) {
      await refuse(thrown, body);
    }
  }

  async function submit(): Promise<void> {
    if (busy.value) return;
    const body = tidy(values);
    banner.value = "";
    errors.value = {};
    const found = judge(body);
    if (Object.keys(found).length > 0) return show(found);
    busy.value = true;
    try {
      await attempt(body, version || present());
    } finally {
      busy.value = false;
    }
  }

  /** True when nothing would be lost, or the person does not mind. */
  async function mayLeave(): Promise<boolean> {
    return (
      !dirty.value ||
      busy.value ||
      (await confirmed({
        title: t("form.leave.title"),
        body: t("form.leave.body"),
        confirm: t("form.leave.confirm"),
        cancel: t("form.leave.stay"),
        tone: "danger",
      }))
    );
  }
  guard(dirty, mayLeave);

  return reactive({ id, values, errors, banner, busy, dirty, submit, reset, adopt, mayLeave });
}

/** Navigation inside the app asks; closing the tab makes the browser ask. */
function guard(dirty: { value: boolean }, mayLeave: () => Promise<boolean>): void {
  const release = useRouter()?.beforeEach((to, from) => (to.path === from.path ? true : mayLeave()));
  const warn = (event: BeforeUnloadEvent) => dirty.value && event.preventDefault();
  window.addEventListener("beforeunload", warn);
  onScopeDispose(() => {
    release?.();
    window.removeEventListener("beforeunload", warn);
  });
}

export interface AnyForm {
  id: string;
  errors: FieldErrors;
  banner: string;
  busy: boolean;
  dirty: boolean;
  submit: () => Promise<void>;
  mayLeave: () => Promise<boolean>;
}
