// This file is auto-generated from the contract (`x-nouns`).
import type { Noun } from "../nouns.gen.ts";

export const customers = {
  "code": "customers",
  "binned": true,
  "facts": {
    "address": {
      "kind": "text",
      "most": 500,
      "written": true
    },
    "bank": {
      "guarded": true,
      "kind": "text",
      "most": 200,
      "written": true
    },
    "bank_account": {
      "guarded": true,
      "kind": "text",
      "most": 200,
      "written": true
    },
    "created_at": {
      "kind": "instant",
      "listed": true,
      "sorted": true
    },
    "credit": {
      "kind": "number",
      "listed": true,
      "written": true
    },
    "credit_code": {
      "kind": "text",
      "most": 40,
      "written": true
    },
    "credit_limit": {
      "guarded": true,
      "kind": "money",
      "written": true
    },
    "email": {
      "kind": "text",
      "most": 254,
      "written": true
    },
    "employees": {
      "kind": "number",
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
    "fax": {
      "kind": "text",
      "most": 100,
      "written": true
    },
    "founded_year": {
      "kind": "number",
      "written": true
    },
    "industry": {
      "filtered": true,
      "kind": "item",
      "listed": true,
      "types": [
        "industry"
      ],
      "written": true
    },
    "last_activity_at": {
      "kind": "instant",
      "listed": true,
      "sorted": true
    },
    "last_order_date": {
      "kind": "day",
      "listed": true,
      "sorted": true
    },
    "legal_representative": {
      "kind": "text",
      "most": 200,
      "written": true
    },
    "level": {
      "filtered": true,
      "kind": "item",
      "listed": true,
      "types": [
        "level"
      ],
      "written": true
    },
    "licence_no": {
      "kind": "text",
      "most": 200,
      "written": true
    },
    "local_tax_no": {
      "guarded": true,
      "kind": "text",
      "most": 200,
      "written": true
    },
    "manager": {
      "filtered": true,
      "fixed": true,
      "kind": "person",
      "listed": true,
      "noun": "users",
      "written": true
    },
    "memo": {
      "kind": "text",
      "most": 4000,
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
    "national_tax_no": {
      "guarded": true,
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
      "listed": true,
      "sorted": true
    },
    "opened_on": {
      "kind": "day",
      "listed": true
    },
    "origin_chance": {
      "kind": "reference",
      "noun": "chances"
    },
    "parent": {
      "filtered": true,
      "kind": "reference",
      "noun": "customers",
      "written": true
    },
    "payment_days": {
      "guarded": true,
      "kind": "number",
      "written": true
    },
    "region": {
      "filtered": true,
      "kind": "item",
      "listed": true,
      "types": [
        "region"
      ],
      "written": true
    },
    "registered_capital": {
      "guarded": true,
      "kind": "money",
      "written": true
    },
    "satisfaction": {
      "kind": "number",
      "listed": true,
      "written": true
    },
    "short_name": {
      "kind": "text",
      "listed": true,
      "most": 200,
      "written": true
    },
    "size": {
      "filtered": true,
      "kind": "item",
      "listed": true,
      "types": [
        "size"
      ],
      "written": true
    },
    "source": {
      "filtered": true,
      "kind": "item",
      "types": [
        "source"
      ],
      "written": true
    },
    "status": {
      "choices": [
        "normal",
        "warning",
        "lost"
      ],
      "filtered": true,
      "kind": "choice",
      "listed": true,
      "many": true
    },
    "tel": {
      "kind": "text",
      "listed": true,
      "most": 100,
      "written": true
    },
    "tel_normal": {
      "kind": "text"
    },
    "turnover": {
      "guarded": true,
      "kind": "money",
      "listed": true,
      "sorted": true,
      "written": true
    },
    "updated_at": {
      "kind": "instant"
    },
    "website": {
      "kind": "text",
      "most": 200,
      "written": true
    },
    "zip": {
      "kind": "text",
      "most": 60,
      "written": true
    }
  },
  "history": "listCustomerHistory",
  "list": "listCustomers",
  "numbered": true,
  "read": "getCustomer",
  "restore": "customers:restore",
  "right": "customers:read",
  "searched": true,
  "sort": "-created_at",
  "title": "name"
} as const satisfies Noun;
