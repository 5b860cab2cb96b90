// This file is auto-generated from the contract (`x-nouns`).
import type { Noun } from "../nouns.gen.ts";

export const losses = {
  "code": "losses",
  "binned": false,
  "facts": {
    "closed_at": {
      "kind": "instant",
      "listed": true
    },
    "customer": {
      "filtered": true,
      "kind": "reference",
      "listed": true,
      "noun": "customers"
    },
    "external_id": {
      "filtered": true,
      "kind": "text",
      "listed": true
    },
    "found_at": {
      "kind": "instant",
      "listed": true,
      "sorted": true
    },
    "last_order_date": {
      "kind": "day",
      "listed": true,
      "sorted": true
    },
    "lost_date": {
      "kind": "day",
      "listed": true,
      "sorted": true
    },
    "manager": {
      "filtered": true,
      "kind": "person",
      "listed": true,
      "noun": "users"
    },
    "note": {
      "kind": "text"
    },
    "reason": {
      "filtered": true,
      "kind": "item",
      "listed": true,
      "types": [
        "loss_reason"
      ]
    },
    "returned_at": {
      "kind": "instant",
      "listed": true
    },
    "review_date": {
      "kind": "day",
      "listed": true,
      "sorted": true
    },
    "status": {
      "choices": [
        "warning",
        "delayed",
        "lost",
        "recovered"
      ],
      "filtered": true,
      "kind": "choice",
      "listed": true,
      "many": true
    }
  },
  "history": "listLossHistory",
  "list": "listLosses",
  "numbered": false,
  "read": "getLoss",
  "restore": null,
  "right": "losses:read",
  "searched": true,
  "sort": "-found_at",
  "title": "customer"
} as const satisfies Noun;
