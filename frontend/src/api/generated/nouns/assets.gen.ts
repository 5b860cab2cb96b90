// This file is auto-generated from the contract (`x-nouns`).
import type { Noun } from "../nouns.gen.ts";

export const assets = {
  "code": "assets",
  "binned": true,
  "facts": {
    "created_at": {
      "kind": "instant",
      "listed": true,
      "sorted": true
    },
    "created_by": {
      "kind": "person",
      "noun": "users"
    },
    "customer": {
      "filtered": true,
      "fixed": true,
      "kind": "reference",
      "listed": true,
      "noun": "customers",
      "required": true,
      "written": true
    },
    "delivered_on": {
      "kind": "day",
      "listed": true,
      "sorted": true,
      "written": true
    },
    "external_id": {
      "filtered": true,
      "kind": "text",
      "listed": true,
      "most": 100,
      "written": true
    },
    "memo": {
      "kind": "text",
      "most": 4000,
      "written": true
    },
    "number": {
      "kind": "text",
      "listed": true
    },
    "place": {
      "kind": "text",
      "listed": true,
      "most": 200,
      "written": true
    },
    "product": {
      "filtered": true,
      "fixed": true,
      "kind": "reference",
      "listed": true,
      "noun": "products",
      "required": true,
      "written": true
    },
    "serial_number": {
      "kind": "text",
      "listed": true,
      "most": 200,
      "written": true
    },
    "under_warranty": {
      "filtered": true,
      "kind": "flag",
      "listed": true
    },
    "updated_at": {
      "kind": "instant"
    },
    "warranty_until": {
      "kind": "day",
      "listed": true,
      "sorted": true,
      "written": true
    }
  },
  "history": "listAssetHistory",
  "list": "listAssets",
  "numbered": true,
  "read": "getAsset",
  "restore": "assets:write",
  "right": "assets:read",
  "searched": true,
  "sort": "-created_at",
  "title": "number"
} as const satisfies Noun;
