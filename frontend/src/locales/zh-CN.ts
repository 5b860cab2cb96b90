// The Chinese messages of the entry, one namespace per file: `zh-CN/chances.json` → `chances.*`. All others come with the pages
// of their feature (build/words.ts); what the shell says of such a feature stands in `menu`.
import { messagesOf } from "./by-file-name.ts";

export default messagesOf(
  import.meta.glob(
    "./zh-CN/{auth,board,chances,common,errors,filter,form,grid,keys,menu,modules,notices,palette,profile,shell}.json",
    { eager: true, import: "default" },
  ),
  import.meta.glob("@words/zh-CN/{chances,common}.json", { eager: true, import: "default" }),
);
