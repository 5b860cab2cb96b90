// Weeks start on Monday in both languages: Chinese has it from dayjs, English is told so. The kit counts in the browser's zone, so
// it is only ever given and asked for texts; and its now, which marks today and stands behind "now", is what the company's clock shows.
import "element-plus/es/components/date-picker/style/css";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { localMoment } from "../lib/time.ts";

dayjs.locale("en", { ...dayjs.Ls.en, name: "en", weekStart: 1 }, true);

interface Asked {
  date?: unknown;
  args?: ArrayLike<unknown>;
}
interface Parsing {
  parse: (this: unknown, asked: Asked) => void;
}
dayjs.extend((_, kit) => {
  const { parse } = kit.prototype as unknown as Parsing;
  (kit.prototype as unknown as Parsing).parse = function (asked) {
    const isNow = asked.date === undefined && typeof asked.args?.[1] !== "string";
    parse.call(this, isNow ? { ...asked, date: new Date(localMoment().replace(" ", "T")) } : asked);
  };
});

export { ElDatePicker } from "element-plus/es/components/date-picker/index.mjs";

/** The day that a date of the kit shows. */
export const shownDay = (date: Date): string => dayjs(date).format("YYYY-MM-DD");

/** A clock time, `09:00`, as the kit takes it. */
export const clockTime = (time: string): Date => new Date(`2000-01-01T${time}`);
