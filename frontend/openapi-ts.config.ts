import { defineConfig } from "@hey-api/openapi-ts";

export default defineConfig({
  input: process.env.OPENAPI ?? "../openapi/openapi.json",
  output: { path: "src/api/generated", entryFile: false },
  plugins: [
    { name: "@hey-api/client-fetch", runtimeConfigPath: "./src/api/runtime.ts", throwOnError: true },
    "@hey-api/typescript",
    { name: "@hey-api/sdk", responseStyle: "data" },
    // Writes go through `writeQueue`, by the functions of the SDK.
    { name: "@tanstack/vue-query", infiniteQueryOptions: false, mutationOptions: false },
    // Forms judge bodies; what comes from the server is believed. Moments travel with the offset of the company.
    { name: "zod", compatibilityVersion: "mini", dates: { offset: true }, requests: false, responses: false },
  ],
});
