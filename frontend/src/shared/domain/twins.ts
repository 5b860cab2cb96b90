// What 409 duplicate-customer tells: the likely twins in sight, and whom to ask about those out of it.
import type { ApiError } from "@/api/errors.ts";

export interface Twin {
  id: number;
  number: string;
  name: string;
  manager: string | null;
}
export interface Twins {
  candidates: Twin[];
  ask: string[];
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
const isTwin = (value: unknown): value is Twin =>
  typeof value === "object" && value !== null && "id" in value && "name" in value;

export function readTwins(error: ApiError): Twins | null {
  if (error.code !== "duplicate-customer") return null;
  return {
    candidates: list(error.problem.candidates).filter(isTwin),
    ask: list(error.problem.ask).filter((name): name is string => typeof name === "string"),
  };
}
