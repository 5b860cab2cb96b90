import "element-plus/es/components/radio/style/css";
import "element-plus/es/components/radio-group/style/css";
import "element-plus/es/components/checkbox/style/css";
import "element-plus/es/components/switch/style/css";
export { ElCheckbox } from "element-plus/es/components/checkbox/index.mjs";
export { ElRadio, ElRadioGroup } from "element-plus/es/components/radio/index.mjs";
export { ElSwitch } from "element-plus/es/components/switch/index.mjs";
