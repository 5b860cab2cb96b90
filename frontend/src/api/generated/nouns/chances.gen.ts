// This file is auto-generated from the contract (`x-nouns`).
import type { Noun } from "../nouns.gen.ts";

export const chances = {
  "code": "chances",
  "binned": true,
  "facts": {
    "amount": {
      "kind": "money",
      "listed": true,
      "sorted": true,
      "written": true
    },
    "assigned_at": {
      "kind": "instant"
    },
    "assignee": {
      "filtered": true,
      "kind": "person",
      "listed": true,
      "noun": "users"
    },
    "close_note": {
      "kind": "text"
    },
    "close_reason": {
      "kind": "item",
      "types": [
        "success_reason",
        "fail_reason"
      ]
    },
    "close_value": {
      "kind": "money",
      "listed": true
    },
    "closed_at": {
      "kind": "instant"
    },
    "closed_on": {
      "kind": "day",
      "listed": true,
      "sorted": true
    },
    "competitor": {
      "kind": "text"
    },
    "created_at": {
      "kind": "instant",
      "listed": true,
      "sorted": true
    },
    "creator": {
      "filtered": true,
      "kind": "person",
      "listed": true,
      "noun": "users"
    },
    "customer": {
      "filtered": true,
      "kind": "reference",
      "listed": true,
      "noun": "customers",
      "written": true
    },
    "customer_name": {
      "kind": "text",
      "listed": true,
      "most": 200,
      "sorted": true,
      "written": true
    },
    "description": {
      "kind": "text",
      "most": 4000,
      "written": true
    },
    "expected_close_date": {
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
    "first_assigned_on": {
      "kind": "day"
    },
    "importance": {
      "choices": [
        "high",
        "mid",
        "low"
      ],
      "filtered": true,
      "kind": "choice",
      "listed": true,
      "written": true
    },
    "last_activity_at": {
      "kind": "instant",
      "listed": true,
      "sorted": true
    },
    "linkman": {
      "kind": "text",
      "most": 200,
      "written": true
    },
    "next_at": {
      "kind": "instant",
      "listed": true,
      "sorted": true
    },
    "number": {
      "kind": "text",
      "listed": true
    },
    "opened_at": {
      "kind": "instant",
      "listed": true,
      "sorted": true
    },
    "product": {
      "kind": "reference",
      "noun": "products",
      "written": true
    },
    "proposed": {
      "fixed": true,
      "kind": "person",
      "listed": true,
      "noun": "users",
      "written": true
    },
    "rate": {
      "kind": "number",
      "listed": true,
      "sorted": true,
      "written": true
    },
    "rate_is_manual": {
      "kind": "flag",
      "listed": true
    },
    "source": {
      "filtered": true,
      "kind": "item",
      "listed": true,
      "types": [
        "source"
      ],
      "written": true
    },
    "stage": {
      "filtered": true,
      "kind": "reference",
      "listed": true,
      "noun": "processes",
      "sorted": true,
      "written": true
    },
    "status": {
      "choices": [
        "unassigned",
        "assigned",
        "succeeded",
        "failed"
      ],
      "filtered": true,
      "kind": "choice",
      "listed": true,
      "many": true,
      "sorted": true
    },
    "tel": {
      "kind": "text",
      "most": 100,
      "written": true
    },
    "title": {
      "kind": "text",
      "listed": true,
      "most": 200,
      "required": true,
      "sorted": true,
      "written": true
    },
    "updated_at": {
      "kind": "instant"
    }
  },
  "history": "listChanceHistory",
  "list": "listChances",
  "numbered": true,
  "read": "getChance",
  "restore": "customers:restore",
  "right": "chances:read",
  "searched": true,
  "sort": "-created_at",
  "title": "title"
} as const satisfies Noun;
