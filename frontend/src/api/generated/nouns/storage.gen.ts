// This file is auto-generated from the contract (`x-nouns`).
import type { Noun } from "../nouns.gen.ts";

export const storage = {
  "code": "storage",
  "binned": false,
  "facts": {
    "available": {
      "kind": "number",
      "listed": true,
      "sorted": true
    },
    "bin": {
      "kind": "text",
      "listed": true,
      "most": 60,
      "required": true,
      "sorted": true,
      "written": true
    },
    "count": {
      "kind": "number",
      "listed": true,
      "sorted": true
    },
    "created_at": {
      "kind": "instant",
      "listed": true,
      "sorted": true
    },
    "expected_on": {
      "kind": "day",
      "listed": true
    },
    "in_transit": {
      "kind": "number",
      "listed": true
    },
    "memo": {
      "kind": "text",
      "listed": true,
      "most": 4000,
      "written": true
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
    "reserved": {
      "kind": "number",
      "listed": true,
      "sorted": true
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
      "sorted": true,
      "types": [
        "warehouse"
      ],
      "written": true
    }
  },
  "history": null,
  "list": "listStorage",
  "numbered": false,
  "read": "getStorage",
  "restore": null,
  "right": "storage:read",
  "searched": true,
  "sort": "product",
  "title": "product"
} as const satisfies Noun;
