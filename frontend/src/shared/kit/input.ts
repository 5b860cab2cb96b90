import "element-plus/es/components/input/style/css";
import "element-plus/es/components/input-number/style/css";
export { ElInput } from "element-plus/es/components/input/index.mjs";
export { ElInputNumber } from "element-plus/es/components/input-number/index.mjs";
