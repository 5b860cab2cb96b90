import "element-plus/es/components/drawer/style/css";
import "./drawer.css";
export { ElDrawer } from "element-plus/es/components/drawer/index.mjs";
