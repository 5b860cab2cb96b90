// Weeks start on Monday in both languages: Chinese has it from dayjs, English is told so.
import "element-plus/es/components/date-picker/style/css";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";

dayjs.locale("en", { ...dayjs.Ls.en, name: "en", weekStart: 1 }, true);

export { ElDatePicker } from "element-plus/es/components/date-picker/index.mjs";
