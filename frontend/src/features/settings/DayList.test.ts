// @vitest-environment happy-dom
import "virtual:words/settings";
import { VueQueryPlugin } from "@tanstack/vue-query";
import { mount } from "@vue/test-utils";
import { afterEach, beforeEach, expect, it } from "vitest";
import { nextTick } from "vue";
import type { MarkedDayRead } from "@/api/generated/types.gen";
import { i18n, setLanguage } from "@/shared/lib/i18n.ts";
import { localDate } from "@/shared/lib/time.ts";
import DayPicker from "@/shared/ui/DayPicker.vue";
import DayList from "./DayList.vue";

const YEAR = Number(localDate().slice(0, 4));
const later = { date: `${YEAR + 1}-10-01`, name: "国庆节" };
const past = { date: `${YEAR - 1}-10-01`, name: null };

let page: ReturnType<typeof show>;
function show(days: MarkedDayRead[], most = 400) {
  const given = { id: "x", label: "节假日", most, modelValue: days };
  const update = { "onUpdate:modelValue": (now: MarkedDayRead[]) => page.setProps({ modelValue: now }) };
  return mount(DayList, {
    props: { ...given, ...update },
    global: { plugins: [i18n, VueQueryPlugin] },
    attachTo: document.body,
  });
}
async function pickDay(day: string): Promise<void> {
  page.getComponent(DayPicker).vm.$emit("update:modelValue", day);
  await nextTick();
}
const rows = () => page.findAll("li").map((row) => row.find("time").text());
const button = (name: string) => page.findAll("button").find((one) => one.text() === name)!;

beforeEach(() => setLanguage("zh-CN", { keep: false }));
afterEach(() => page.unmount());

it("adds a day with its name by Enter, and the next one can be typed at once", async () => {
  page = show([later]);
  const [date, name] = page.findAll("input");
  await pickDay(`${YEAR + 1}-05-01`);
  await name!.setValue(" 劳动节 ");
  await name!.trigger("keydown", { key: "Enter" });
  expect(page.props("modelValue")).toEqual([{ date: `${YEAR + 1}-05-01`, name: "劳动节" }, later]);
  expect(document.activeElement).toBe(date!.element);
  expect(name!.element.value).toBe("");
});

it("takes no Enter that ends a Chinese word", async () => {
  page = show([]);
  const [, name] = page.findAll("input");
  await pickDay(`${YEAR}-12-31`);
  await name!.trigger("keydown", { key: "Enter", isComposing: true });
  expect(page.props("modelValue")).toEqual([]);
});

it("folds past years away, and removes a day with the focus staying in the list", async () => {
  const more = { date: `${YEAR + 1}-10-02`, name: null };
  page = show([past, later, more]);
  expect(rows()).toEqual([later.date, more.date]);
  await button("显示往年的 1 天").trigger("click");
  expect(rows()).toHaveLength(3);
  const remove = page.get(`[aria-label="删除 ${later.date} 国庆节"]`);
  await remove.trigger("click");
  await nextTick();
  expect(page.props("modelValue")).toEqual([past, more]);
  expect(document.activeElement?.getAttribute("aria-label")).toBe(`删除 ${more.date}`);
});

it("takes several lines, leaves what it cannot read, and says when there is no room", async () => {
  page = show([], 3);
  await button("批量粘贴").trigger("click");
  await page.get("textarea").setValue(`${YEAR}-12-30 ~ ${YEAR}-12-31 年末\n元旦`);
  await button("加入列表").trigger("click");
  expect(page.props("modelValue").map(({ name }) => name)).toEqual(["年末", "年末"]);
  expect(page.get("textarea").element.value).toBe("元旦");
  await page.get("textarea").setValue(`${YEAR + 1}-01-01 ~ ${YEAR + 1}-01-03 元旦`);
  await button("加入列表").trigger("click");
  expect(page.get("p.muted[role=status]").text()).toBe("最多 3 天");
  expect(page.props("modelValue")).toHaveLength(2);
});
