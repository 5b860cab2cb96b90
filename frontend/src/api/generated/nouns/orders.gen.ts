// This file is auto-generated from the contract (`x-nouns`).
import type { Noun } from "../nouns.gen.ts";

export const orders = {
  "code": "orders",
  "binned": true,
  "facts": {
    "address": {
      "kind": "text",
      "most": 4000,
      "written": true
    },
    "cancel_reason": {
      "kind": "text"
    },
    "cancelled_at": {
      "kind": "instant"
    },
    "chance": {
      "filtered": true,
      "kind": "reference",
      "noun": "chances",
      "written": true
    },
    "completed_at": {
      "kind": "instant"
    },
    "confirmed_at": {
      "kind": "instant",
      "listed": true
    },
    "contract_no": {
      "kind": "text",
      "listed": true,
      "most": 64,
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
    "customer": {
      "filtered": true,
      "kind": "reference",
      "listed": true,
      "noun": "customers",
      "required": true,
      "written": true
    },
    "date": {
      "kind": "day",
      "listed": true,
      "sorted": true,
      "written": true
    },
    "delivery_state": {
      "choices": [
        "none",
        "partial",
        "shipped"
      ],
      "filtered": true,
      "kind": "choice",
      "listed": true,
      "many": true
    },
    "due_date": {
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
      "listed": true,
      "sorted": true
    },
    "overdue": {
      "filtered": true,
      "kind": "flag",
      "listed": true
    },
    "owner": {
      "filtered": true,
      "kind": "person",
      "listed": true,
      "noun": "users",
      "written": true
    },
    "paid": {
      "kind": "money",
      "listed": true
    },
    "payment_state": {
      "choices": [
        "unpaid",
        "partial",
        "paid"
      ],
      "filtered": true,
      "kind": "choice",
      "listed": true,
      "many": true
    },
    "status": {
      "choices": [
        "draft",
        "confirmed",
        "completed",
        "cancelled"
      ],
      "filtered": true,
      "kind": "choice",
      "listed": true,
      "many": true
    },
    "total": {
      "kind": "money",
      "listed": true,
      "sorted": true
    },
    "unpaid": {
      "kind": "money",
      "listed": true
    },
    "updated_at": {
      "kind": "instant"
    }
  },
  "history": "listOrderHistory",
  "list": "listOrders",
  "numbered": true,
  "read": "getOrder",
  "restore": "orders:write",
  "right": "orders:read",
  "searched": true,
  "sort": "-date",
  "title": "number"
} as const satisfies Noun;
