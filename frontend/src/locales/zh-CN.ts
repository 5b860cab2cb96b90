// The Chinese messages of the entry, one namespace per file: `zh-CN/chances.json` → `chances.*`. Those of LATER come with the
// pages of their feature (`addMessages` in its messages.ts); what the shell says of such a feature stands in `menu`.
import { byFileName } from "./by-file-name.ts";

export default byFileName(
  import.meta.glob(
    [
      "./zh-CN/*.json",
      "!./zh-CN/{activities,arrivals,audit,customers,dict,home,linkmen,losses,orders,organisation,plans,processes,products,recycle-bin,reports,services,settings,storage,workdays}.json",
    ],
    { eager: true, import: "default" },
  ),
);
