import { expect, it } from "vitest";
import { withoutPersonal } from "./personal.ts";

it("leaves out every personal fact, empty ones too, and nothing else", () => {
  const facts = {
    name: "沈建国",
    birthday: null,
    anniversary: "2006-10-01",
    education: "硕士",
    career: "",
    hobby: "",
    family: "两个女儿",
    background: "清华",
    memo: "",
  };
  expect(withoutPersonal(facts)).toEqual({ name: "沈建国", memo: "" });
});
