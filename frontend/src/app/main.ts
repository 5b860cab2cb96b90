import { VueQueryPlugin } from "@tanstack/vue-query";
import { createPinia } from "pinia";
import { createApp } from "vue";
import { client } from "@/api/generated/client.gen";
import { installHooks, throwApiErrors } from "@/api/runtime.ts";
import { i18n, setLanguage, storedLanguage } from "@/shared/lib/i18n.ts";
import { reached } from "@/shared/lib/server.ts";
import { dropStale, keepRecord, nounsOf } from "@/shared/lib/stale.ts";
import { useSession } from "@/shared/domain/session.ts";
import App from "./App.vue";
import { watchNavigation } from "./navigation.ts";
import { queryClient } from "./query.ts";
import { router } from "./router.ts";
import "./theme.css";

const app = createApp(App).use(createPinia()).use(i18n).use(VueQueryPlugin, { queryClient });

throwApiErrors(client);
installHooks({
  reached,
  changed: (header, removed) => void dropStale(queryClient, nounsOf(header), removed),
  kept: (address, record) => keepRecord(queryClient, address, record),
  signInAgain: () => useSession().signInAgain(),
});

watchNavigation(router);

// Not awaited: the file of English words asks for this one, which would wait for it. Without those words there are the Chinese ones.
void setLanguage(storedLanguage() ?? "zh-CN", { keep: false })
  .catch(() => undefined)
  .then(() => app.use(router).mount("#app"));
