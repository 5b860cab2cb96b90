// This file is auto-generated from the contract (`x-nouns`).
import type { Noun } from "../nouns.gen.ts";

export const arrivals = {
  "code": "arrivals",
  "binned": false,
  "facts": {
    "bin": {
      "kind": "text",
      "listed": true,
      "most": 60,
      "required": true,
      "written": true
    },
    "cancel_reason": {
      "kind": "text"
    },
    "count": {
      "kind": "number",
      "listed": true,
      "required": true,
      "sorted": true,
      "written": true
    },
    "created_at": {
      "kind": "instant",
      "listed": true,
      "sorted": true
    },
    "created_by": {
      "kind": "person",
      "noun": "users"
    },
    "expected_on": {
      "kind": "day",
      "listed": true,
      "required": true,
      "sorted": true,
      "written": true
    },
    "left": {
      "kind": "number",
      "listed": true
    },
    "memo": {
      "kind": "text",
      "listed": true,
      "most": 4000,
      "written": true
    },
    "number": {
      "kind": "text",
      "listed": true,
      "sorted": true
    },
    "overdue": {
      "filtered": true,
      "kind": "flag",
      "listed": true
    },
    "product": {
      "filtered": true,
      "kind": "reference",
      "listed": true,
      "noun": "products",
      "required": true,
      "sorted": true,
      "written": true
    },
    "product_code": {
      "kind": "text",
      "listed": true
    },
    "received": {
      "kind": "number",
      "listed": true
    },
    "status": {
      "choices": [
        "expected",
        "received",
        "cancelled"
      ],
      "filtered": true,
      "kind": "choice",
      "listed": true,
      "many": true
    },
    "supplier": {
      "kind": "text",
      "listed": true,
      "most": 200,
      "written": true
    },
    "unit": {
      "kind": "text",
      "listed": true
    },
    "updated_at": {
      "kind": "instant"
    },
    "warehouse": {
      "filtered": true,
      "kind": "item",
      "listed": true,
      "required": true,
      "types": [
        "warehouse"
      ],
      "written": true
    }
  },
  "history": null,
  "list": "listArrivals",
  "numbered": true,
  "read": "getArrival",
  "restore": null,
  "right": "storage:read",
  "searched": true,
  "sort": "expected_on",
  "title": "number"
} as const satisfies Noun;
