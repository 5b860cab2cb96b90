// Every failed call becomes one ApiError; what the screen does about it is decided by its `kind`.

export interface FieldProblem {
  /** JSON pointer into the body, e.g. `/customer_id`. */
  pointer: string;
  code: string;
  message: string;
}

export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail?: string | null;
  request_id?: string | null;
  errors?: FieldProblem[];
  [member: string]: unknown;
}

export type ErrorKind =
  | "away" // no answer at all, or a proxy that found no server
  | "cancelled"
  | "conflict"
  | "forbidden"
  | "gone"
  | "invalid"
  | "other"
  | "signed-out"
  | "stale"
  | "throttled";

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problem: ProblemBody,
    /** Seconds, from Retry-After. */
    readonly retryAfter: number | null = null,
  ) {
    super(problem.detail || problem.title);
    this.name = "ApiError";
  }

  /** The last word of the problem type: `/problems/stale-version` → `stale-version`. */
  get code(): string {
    return this.problem.type.split("/").pop() ?? "";
  }

  get requestId(): string | null {
    return this.problem.request_id ?? null;
  }

  get fields(): FieldProblem[] {
    return this.problem.errors ?? [];
  }

  get kind(): ErrorKind {
    switch (this.status) {
      case 0:
        return this.code === "cancelled" ? "cancelled" : "away";
      case 401:
        return "signed-out";
      case 403:
        return "forbidden";
      case 404:
        return "gone";
      case 409:
        return "conflict";
      case 412:
        return "stale";
      case 422:
        return "invalid";
      case 429:
        return "throttled";
      case 502:
      case 503:
      case 504:
        return "away";
      default:
        return "other";
    }
  }
}

function isProblem(value: unknown): value is ProblemBody {
  return typeof value === "object" && value !== null && "title" in value && "status" in value;
}

/** What the client threw (a parsed body, text, or a network error) → ApiError. */
export function toApiError(thrown: unknown, response?: Response): ApiError {
  if (thrown instanceof ApiError) return thrown;
  if (!response) {
    const cancelled = thrown instanceof DOMException && thrown.name === "AbortError";
    const code = cancelled ? "cancelled" : "away";
    return new ApiError(0, { type: `/problems/${code}`, title: code, status: 0 });
  }
  const retry = Number(response.headers.get("Retry-After"));
  const problem = isProblem(thrown)
    ? thrown
    : {
        type: "about:blank",
        title: response.statusText || String(response.status),
        status: response.status,
        request_id: response.headers.get("X-Request-ID"),
      };
  return new ApiError(response.status, problem, Number.isFinite(retry) && retry > 0 ? retry : null);
}

export function isApiError(error: unknown, ...kinds: ErrorKind[]): error is ApiError {
  return error instanceof ApiError && (kinds.length === 0 || kinds.includes(error.kind));
}
