// This file is auto-generated from the contract (`x-nouns`).
import type { Noun } from "../nouns.gen.ts";

export const users = {
  "code": "users",
  "binned": false,
  "facts": {
    "created_at": {
      "kind": "instant",
      "listed": true
    },
    "department": {
      "filtered": true,
      "kind": "reference",
      "listed": true,
      "noun": "departments",
      "written": true
    },
    "email": {
      "kind": "text",
      "listed": true,
      "most": 254,
      "written": true
    },
    "external_id": {
      "filtered": true,
      "kind": "text",
      "listed": true,
      "most": 100,
      "written": true
    },
    "flag": {
      "choices": [
        "active",
        "disabled"
      ],
      "filtered": true,
      "kind": "choice",
      "listed": true,
      "written": true
    },
    "has_password": {
      "kind": "flag",
      "listed": true
    },
    "last_login_at": {
      "kind": "instant",
      "listed": true
    },
    "mobile": {
      "kind": "text",
      "listed": true,
      "most": 100,
      "written": true
    },
    "name": {
      "kind": "text",
      "listed": true,
      "most": 100,
      "required": true,
      "sorted": true,
      "written": true
    },
    "roles": {
      "kind": "choices",
      "listed": true,
      "required": true,
      "written": true
    },
    "user_name": {
      "kind": "text",
      "listed": true,
      "most": 10000,
      "required": true,
      "sorted": true,
      "written": true
    }
  },
  "history": null,
  "list": "listUsers",
  "numbered": false,
  "read": "getUser",
  "restore": null,
  "right": "users:read",
  "searched": true,
  "sort": "id",
  "title": "name"
} as const satisfies Noun;
