// What an endpoint demands and what `can()` asks; the list itself is generated from the server's enum.
import type { HeldRight, Permission } from "./generated/types.gen";

export type Right = Permission;
export type Scope = HeldRight["scope"];
