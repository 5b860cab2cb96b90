// The words of this feature, for its page and its panels: each of them imports this file.
import messages from "@/locales/zh-CN/home.json";
import { addMessages } from "@/shared/lib/i18n.ts";

addMessages("home", messages);
