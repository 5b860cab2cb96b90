// Element Plus speaks the reader's language (calendar, empty select): its own texts, fetched per language when needed.
import { localeContextKey } from "element-plus/es/hooks/use-locale/index.mjs";
import { provide, shallowRef, watchEffect } from "vue";
import { language } from "@/shared/lib/i18n.ts";

interface KitLocale {
  name: string;
  el: object;
}

export function provideKitLocale(): void {
  const locale = shallowRef<KitLocale>();
  provide(localeContextKey as symbol, locale);
  watchEffect(async () => {
    const wanted = language();
    if (wanted === "en-US") locale.value = undefined; // English is what the kit has built in
    else locale.value = (await import("element-plus/es/locale/lang/zh-cn.mjs")).default as KitLocale;
  });
}
