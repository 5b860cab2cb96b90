import { describe, expect, it } from "vitest";
import { type ListSpec, parseQuery, toRequest, writeQuery } from "./listQuery.ts";

const spec: ListSpec = {
  tabs: ["mine", "created"],
  modes: ["list", "board"],
  defaultSort: "-created_at",
  filters: [
    { key: "status", title: "s", kind: "choices" },
    { key: "assignee_id", title: "a", kind: "choice" },
    { key: "amount", title: "m", kind: "numbers", params: ["min_amount", "max_amount"] },
  ],
};

describe("a list's state", () => {
  it("survives the way into the URL and back", () => {
    const query = {
      tab: "created",
      view: "board",
      q: "启明",
      sort: "amount",
      status: ["assigned", "failed"],
      min_amount: "1000",
      cols: "title,amount",
    };
    expect(writeQuery(parseQuery(query, spec), spec)).toEqual(query);
  });

  it("leaves defaults out of the link", () => {
    expect(writeQuery(parseQuery({ tab: "mine", view: "list", sort: "-created_at" }, spec), spec)).toEqual({});
  });

  it("keeps parameters that belong to others on the page", () => {
    expect(writeQuery(parseQuery({}, spec), spec, { new: "1", q: "old" })).toEqual({ new: "1" });
  });

  it("falls back when a link names a tab that does not exist", () => {
    expect(parseQuery({ tab: "nonsense", view: "wall" }, spec)).toMatchObject({ tab: "mine", mode: "list" });
  });

  it("asks the server in its own words: lists as lists, no screen state", () => {
    const state = parseQuery(
      { view: "board", status: "assigned", assignee_id: "7", max_amount: "9", cols: "title" },
      spec,
    );
    expect(toRequest(state, spec)).toEqual({
      tab: "mine",
      sort: "-created_at",
      status: ["assigned"],
      assignee_id: "7",
      max_amount: "9",
    });
  });
});
