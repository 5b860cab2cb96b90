// What 409 duplicate-customer tells: the likely twins in sight, and whom to ask about those out of it.
import type { ProblemBody } from "@/api/errors.ts";

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

const isTwin = (value: unknown): value is Twin =>
  typeof value === "object" && value !== null && "id" in value && "name" in value;

export function readTwins(problem: ProblemBody): Twins {
  const { candidates, ask } = problem;
  return {
    candidates: Array.isArray(candidates) ? candidates.filter(isTwin) : [],
    ask: Array.isArray(ask) ? ask.filter((name): name is string => typeof name === "string") : [],
  };
}
