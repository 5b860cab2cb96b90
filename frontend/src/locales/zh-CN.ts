// The Chinese messages of the entry, one namespace per file: `zh-CN/chances.json` → `chances.*`. All others come with the pages
// and parts of their feature (build/words.ts); what the shell says of such a feature stands in `menu`.
import labels from "@words/zh-CN/chances.json";
import common from "@words/zh-CN/common.json";
import { byFileName } from "./by-file-name.ts";

const messages = byFileName(
  import.meta.glob(
    "./zh-CN/{auth,board,chances,common,errors,filter,form,grid,menu,modules,notices,palette,shell}.json",
    { eager: true, import: "default" },
  ),
);
Object.assign(messages.chances as object, { fields: { ...common.fields, ...labels.fields } });
export default messages;
