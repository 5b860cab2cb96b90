// This file is auto-generated from the contract (`x-nouns`).
import type { Noun } from "../nouns.gen.ts";

export const products = {
  "code": "products",
  "binned": false,
  "facts": {
    "batch": {
      "kind": "text",
      "most": 200,
      "written": true
    },
    "category": {
      "filtered": true,
      "kind": "reference",
      "listed": true,
      "noun": "product_categories",
      "written": true
    },
    "code": {
      "kind": "text",
      "listed": true,
      "most": 200,
      "sorted": true,
      "written": true
    },
    "cost": {
      "guarded": true,
      "kind": "money",
      "listed": true,
      "sorted": true,
      "written": true
    },
    "created_at": {
      "kind": "instant",
      "sorted": true
    },
    "enabled": {
      "filtered": true,
      "kind": "flag",
      "listed": true,
      "written": true
    },
    "external_id": {
      "filtered": true,
      "kind": "text",
      "listed": true,
      "most": 100,
      "written": true
    },
    "is_tracked": {
      "kind": "flag",
      "written": true
    },
    "memo": {
      "kind": "text",
      "most": 4000,
      "written": true
    },
    "model": {
      "kind": "text",
      "listed": true,
      "most": 200,
      "written": true
    },
    "name": {
      "kind": "text",
      "listed": true,
      "most": 200,
      "required": true,
      "sorted": true,
      "written": true
    },
    "price": {
      "kind": "money",
      "listed": true,
      "sorted": true,
      "written": true
    },
    "sold": {
      "filtered": true,
      "kind": "flag",
      "listed": true
    },
    "tax_rate": {
      "kind": "fraction",
      "listed": true,
      "written": true
    },
    "unit": {
      "kind": "text",
      "listed": true,
      "most": 200,
      "written": true
    },
    "updated_at": {
      "kind": "instant"
    },
    "warranty_months": {
      "kind": "number",
      "written": true
    }
  },
  "history": "listProductHistory",
  "list": "listProducts",
  "numbered": false,
  "read": "getProduct",
  "restore": null,
  "right": "products:read",
  "searched": true,
  "sort": "name",
  "title": "name"
} as const satisfies Noun;
