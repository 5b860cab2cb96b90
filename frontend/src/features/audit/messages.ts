// The words of the log, and of the nouns that it tells of: their fields are called as on their pages.
import activities from "@/locales/zh-CN/activities.json";
import arrivals from "@/locales/zh-CN/arrivals.json";
import audit from "@/locales/zh-CN/audit.json";
import customers from "@/locales/zh-CN/customers.json";
import dict from "@/locales/zh-CN/dict.json";
import linkmen from "@/locales/zh-CN/linkmen.json";
import losses from "@/locales/zh-CN/losses.json";
import orders from "@/locales/zh-CN/orders.json";
import plans from "@/locales/zh-CN/plans.json";
import processes from "@/locales/zh-CN/processes.json";
import products from "@/locales/zh-CN/products.json";
import services from "@/locales/zh-CN/services.json";
import settings from "@/locales/zh-CN/settings.json";
import storage from "@/locales/zh-CN/storage.json";
import { addMessages } from "@/shared/lib/i18n.ts";

for (const [name, messages] of Object.entries({
  activities,
  arrivals,
  audit,
  customers,
  dict,
  linkmen,
  losses,
  orders,
  plans,
  processes,
  products,
  services,
  settings,
  storage,
}))
  addMessages(name, messages);
