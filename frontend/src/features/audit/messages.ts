// The words of the log, and of the nouns that it tells of: their fields are called as on their pages.
import audit from "@/locales/zh-CN/audit.json";
import customers from "@/locales/zh-CN/customers.json";
import linkmen from "@/locales/zh-CN/linkmen.json";
import losses from "@/locales/zh-CN/losses.json";
import orders from "@/locales/zh-CN/orders.json";
import plans from "@/locales/zh-CN/plans.json";
import products from "@/locales/zh-CN/products.json";
import services from "@/locales/zh-CN/services.json";
import { addMessages } from "@/shared/lib/i18n.ts";

for (const [name, messages] of Object.entries({ audit, customers, linkmen, losses, orders, plans, products, services }))
  addMessages(name, messages);
