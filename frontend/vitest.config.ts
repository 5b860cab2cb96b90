import { mergeConfig } from "vite";
import { defineConfig } from "vitest/config";
import base from "./vite.config.ts";

export default mergeConfig(
  base,
  defineConfig({
    test: {
      // A page costs half a second for each file: who needs one says `@vitest-environment happy-dom` in its first line.
      environment: "node",
      include: ["src/**/*.test.ts"],
      restoreMocks: true,
      // Its components import their styles, which only Vite can read.
      server: { deps: { inline: [/element-plus/] } },
    },
  }),
);
