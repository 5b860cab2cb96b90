// The words of this feature, for its pages and for the parts that it lends: each of them imports this file.
import messages from "@/locales/zh-CN/activities.json";
import { addMessages } from "@/shared/lib/i18n.ts";

addMessages("activities", messages);
