import { expect, it } from "vitest";
import { dialled, lacksArea } from "./phone.ts";

it("dials what the server reads as a number, and nothing else of it", () => {
  expect(dialled("138 0000 1234", "+8613800001234")).toBe("+8613800001234");
  expect(dialled("13800001234 或微信", "13800001234")).toBeNull();
  expect(dialled("找前台转王芳", null)).toBeNull();
});

it("dials what a text begins with where the server does not read it", () => {
  expect(dialled("010-5550 1234 转 8")).toBe("01055501234");
  expect(dialled("＋81 3 5555 0000")).toBe("+81355550000");
  expect(dialled("找前台转王芳")).toBeNull();
  expect(dialled("转 8")).toBeNull();
  expect(dialled(null)).toBeNull();
});

it("tells a number without its area from a text without a number", () => {
  expect(lacksArea("55501234")).toBe(true);
  expect([lacksArea("+862155501234"), lacksArea("95588"), lacksArea(null), lacksArea()]).toEqual([
    false,
    false,
    false,
    false,
  ]);
});
