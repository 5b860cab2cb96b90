import { defineConfig } from "@hey-api/openapi-ts";

export default defineConfig({
  input: process.env.OPENAPI ?? "../openapi/openapi.json",
  output: "src/api/generated",
  plugins: [
    { name: "@hey-api/client-fetch", runtimeConfigPath: "./src/api/runtime.ts", throwOnError: true },
    "@hey-api/typescript",
    { name: "@hey-api/sdk", responseStyle: "data" },
    { name: "@tanstack/vue-query", infiniteQueryOptions: false },
    // Moments travel with the offset of the company.
    { name: "zod", compatibilityVersion: "mini", dates: { offset: true } },
  ],
});
