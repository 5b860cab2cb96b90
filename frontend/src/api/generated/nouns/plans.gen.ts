// This file is auto-generated from the contract (`x-nouns`).
import type { Noun } from "../nouns.gen.ts";

export const plans = {
  "code": "plans",
  "binned": false,
  "facts": {
    "assignee": {
      "filtered": true,
      "kind": "person",
      "listed": true,
      "noun": "users"
    },
    "chance": {
      "filtered": true,
      "kind": "reference",
      "listed": true,
      "noun": "chances"
    },
    "created_at": {
      "kind": "instant",
      "listed": true
    },
    "customer": {
      "kind": "reference",
      "listed": true,
      "noun": "customers"
    },
    "customer_name": {
      "kind": "text",
      "listed": true
    },
    "date": {
      "kind": "day",
      "listed": true,
      "required": true,
      "sorted": true,
      "written": true
    },
    "done_at": {
      "kind": "instant",
      "listed": true,
      "sorted": true
    },
    "done_by": {
      "kind": "person",
      "listed": true,
      "noun": "users"
    },
    "external_id": {
      "filtered": true,
      "kind": "text",
      "listed": true,
      "most": 100,
      "written": true
    },
    "kind": {
      "kind": "item",
      "listed": true,
      "types": [
        "contact_kind"
      ],
      "written": true
    },
    "overdue": {
      "kind": "flag",
      "listed": true
    },
    "result": {
      "kind": "text",
      "listed": true,
      "most": 4000,
      "written": true
    },
    "status": {
      "choices": [
        "open",
        "done",
        "cancelled"
      ],
      "filtered": true,
      "kind": "choice",
      "listed": true,
      "many": true
    },
    "todo": {
      "kind": "text",
      "listed": true,
      "most": 4000,
      "required": true,
      "written": true
    }
  },
  "history": null,
  "list": "listPlans",
  "numbered": false,
  "read": "getPlan",
  "restore": null,
  "right": "plans:read",
  "searched": true,
  "sort": "date",
  "title": "todo"
} as const satisfies Noun;
