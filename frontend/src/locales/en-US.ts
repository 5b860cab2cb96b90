// All English messages; imported lazily, so that they form a chunk of their own.
import { byFileName } from "./by-file-name.ts";

export default byFileName(import.meta.glob("./en-US/*.json", { eager: true, import: "default" }));
