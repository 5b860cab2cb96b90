// @vitest-environment happy-dom
import { QueryClient, VueQueryPlugin } from "@tanstack/vue-query";
import { flushPromises, mount } from "@vue/test-utils";
import { beforeEach, expect, it, vi } from "vitest";
import { defineComponent, h } from "vue";
import { getCustomer, listPeople } from "@/api/generated/sdk.gen";
import { setLanguage } from "../lib/i18n.ts";
import { useNames } from "./names.ts";

vi.mock("@/api/generated/sdk.gen", () => ({ getCustomer: vi.fn(), getProduct: vi.fn(), listPeople: vi.fn() }));
beforeEach(() => setLanguage("zh-CN", { keep: false }));

function show(ids: { person?: number[]; customer?: number[] }) {
  const Page = defineComponent(() => {
    const nameOf = useNames(() => ({ person: [{ id: 1, name: "张明" }] }));
    return () =>
      h(
        "p",
        [
          ...(ids.person ?? []).map((id) => nameOf("person", id)),
          ...(ids.customer ?? []).map((id) => nameOf("customer", id)),
        ].join(" "),
      );
  });
  return mount(Page, { global: { plugins: [[VueQueryPlugin, { queryClient: new QueryClient() }]] } });
}

it("takes what the page knows, and reads the rest once", async () => {
  vi.mocked(listPeople).mockResolvedValue({
    items: [
      { id: 2, name: "李娜" },
      { id: 3, name: "赵磊" },
    ],
  } as never);
  const page = show({ person: [1, 2, 3, 2] });
  await flushPromises();
  expect(page.text()).toBe("张明 李娜 赵磊 李娜");
  expect(listPeople).toHaveBeenCalledOnce();
});

it("says something neutral about who is out of sight, never a number", async () => {
  vi.mocked(listPeople).mockResolvedValue({ items: [] } as never);
  vi.mocked(getCustomer).mockRejectedValue(new Error("404"));
  const page = show({ person: [9], customer: [7] });
  await flushPromises();
  expect(page.text()).toBe("一位同事 另一个客户");
});
