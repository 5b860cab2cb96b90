// Rights as a person reads them: module by module, the actions after it.
export interface ModuleRights {
  module: string;
  actions: string[];
}

export function byModule(rights: string[]): ModuleRights[] {
  const modules = new Map<string, string[]>();
  for (const right of rights) {
    const [module = "", action = ""] = right.split(":");
    modules.set(module, [...(modules.get(module) ?? []), action]);
  }
  return [...modules].map(([module, actions]) => ({ module, actions }));
}
