// All Chinese messages, one namespace per file: `zh-CN/chances.json` → `chances.*`.
import { byFileName } from "./by-file-name.ts";

export default byFileName(import.meta.glob("./zh-CN/*.json", { eager: true, import: "default" }));
