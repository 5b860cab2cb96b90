// This file is auto-generated from the contract (`x-nouns`).
import type { Noun } from "../nouns.gen.ts";

export const services = {
  "code": "services",
  "binned": false,
  "facts": {
    "assigned_at": {
      "kind": "instant",
      "listed": true
    },
    "assignee": {
      "filtered": true,
      "kind": "person",
      "listed": true,
      "noun": "users"
    },
    "category": {
      "filtered": true,
      "kind": "item",
      "listed": true,
      "types": [
        "service_category"
      ],
      "written": true
    },
    "cause": {
      "kind": "text",
      "most": 4000,
      "written": true
    },
    "chance": {
      "kind": "reference",
      "noun": "chances"
    },
    "channel": {
      "filtered": true,
      "kind": "item",
      "listed": true,
      "types": [
        "service_channel"
      ],
      "written": true
    },
    "closed_at": {
      "kind": "instant",
      "listed": true,
      "sorted": true
    },
    "closed_by": {
      "kind": "person",
      "noun": "users"
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
      "fixed": true,
      "kind": "reference",
      "listed": true,
      "noun": "customers",
      "written": true
    },
    "deadline": {
      "kind": "instant",
      "listed": true,
      "sorted": true,
      "written": true
    },
    "department": {
      "kind": "reference",
      "noun": "departments",
      "written": true
    },
    "external_id": {
      "filtered": true,
      "kind": "text",
      "listed": true,
      "most": 100,
      "written": true
    },
    "linkman": {
      "kind": "reference",
      "noun": "linkmen",
      "written": true
    },
    "measure": {
      "kind": "text",
      "most": 4000,
      "written": true
    },
    "number": {
      "kind": "text",
      "listed": true,
      "sorted": true
    },
    "opened_at": {
      "kind": "instant",
      "listed": true,
      "sorted": true
    },
    "overdue": {
      "kind": "flag",
      "listed": true
    },
    "priority": {
      "choices": [
        "high",
        "mid",
        "low"
      ],
      "filtered": true,
      "kind": "choice",
      "listed": true,
      "sorted": true,
      "written": true
    },
    "product": {
      "filtered": true,
      "kind": "reference",
      "listed": true,
      "noun": "products",
      "written": true
    },
    "reopen_count": {
      "kind": "number",
      "listed": true
    },
    "request": {
      "kind": "text",
      "most": 4000,
      "required": true,
      "written": true
    },
    "satisfaction": {
      "filtered": true,
      "kind": "number",
      "listed": true,
      "sorted": true
    },
    "severity": {
      "choices": [
        "high",
        "mid",
        "low"
      ],
      "kind": "choice",
      "written": true
    },
    "status": {
      "choices": [
        "created",
        "assigned",
        "dealt",
        "archived",
        "void"
      ],
      "filtered": true,
      "kind": "choice",
      "listed": true,
      "many": true,
      "sorted": true
    },
    "title": {
      "kind": "text",
      "listed": true,
      "most": 200,
      "required": true,
      "sorted": true,
      "written": true
    },
    "type": {
      "filtered": true,
      "kind": "item",
      "listed": true,
      "types": [
        "service_type"
      ],
      "written": true
    },
    "updated_at": {
      "kind": "instant"
    },
    "visit_at": {
      "kind": "instant"
    },
    "visit_by": {
      "kind": "person",
      "noun": "users"
    },
    "void_reason": {
      "kind": "text"
    }
  },
  "history": "listServiceHistory",
  "list": "listServices",
  "numbered": true,
  "read": "getService",
  "restore": null,
  "right": "services:read",
  "searched": true,
  "sort": "-created_at",
  "title": "title"
} as const satisfies Noun;
