import { fileURLToPath } from "node:url";
import VueI18n from "@intlify/unplugin-vue-i18n/vite";
import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";
import { chunks } from "./build/chunks.ts";
import { stored } from "./build/stored.ts";
import { words } from "./build/words.ts";

const src = fileURLToPath(new URL("./src", import.meta.url));
const labels = fileURLToPath(new URL("../app/words", import.meta.url));
const api = process.env.API_URL ?? "http://127.0.0.1:8700";

export default defineConfig({
  plugins: [
    vue(),
    // Messages are compiled at build time, so the message compiler never ships.
    VueI18n({
      include: [`${src}/locales/**/*.json`, `${labels}/**/*.json`],
      runtimeOnly: true,
      compositionOnly: true,
      fullInstall: false,
      dropMessageCompiler: true,
    }),
    words(src, labels),
    stored(),
  ],
  resolve: { alias: { "@": src, "@words": labels } },
  define: { __VUE_OPTIONS_API__: false },
  server: { port: 5173, fs: { allow: [".", labels] }, proxy: { "/api": api } },
  preview: { port: 4173, proxy: { "/api": api } },
  build: {
    target: "es2022",
    chunkSizeWarningLimit: 400,
    rolldownOptions: { output: { codeSplitting: chunks } },
  },
});
