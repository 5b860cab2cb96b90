// This file is auto-generated from the contract (`x-nouns`).
import type { Noun } from "../nouns.gen.ts";

export const activities = {
  "code": "activities",
  "binned": false,
  "facts": {
    "at": {
      "kind": "instant",
      "listed": true,
      "sorted": true,
      "written": true
    },
    "chance": {
      "filtered": true,
      "kind": "reference",
      "listed": true,
      "noun": "chances",
      "written": true
    },
    "created_at": {
      "kind": "instant",
      "listed": true,
      "sorted": true
    },
    "customer": {
      "filtered": true,
      "fixed": true,
      "kind": "reference",
      "listed": true,
      "noun": "customers",
      "written": true
    },
    "description": {
      "kind": "text",
      "listed": true,
      "most": 4000,
      "written": true
    },
    "external_id": {
      "filtered": true,
      "kind": "text",
      "listed": true,
      "most": 100,
      "written": true
    },
    "kind": {
      "filtered": true,
      "kind": "item",
      "listed": true,
      "types": [
        "contact_kind"
      ],
      "written": true
    },
    "linkman": {
      "filtered": true,
      "kind": "reference",
      "listed": true,
      "many": true,
      "noun": "linkmen",
      "written": true
    },
    "memo": {
      "kind": "text",
      "listed": true,
      "most": 4000,
      "written": true
    },
    "next_at": {
      "kind": "instant",
      "listed": true,
      "written": true
    },
    "next_step": {
      "kind": "text",
      "listed": true,
      "most": 500,
      "written": true
    },
    "place": {
      "kind": "text",
      "listed": true,
      "most": 200,
      "written": true
    },
    "purpose": {
      "filtered": true,
      "kind": "item",
      "listed": true,
      "types": [
        "purpose"
      ],
      "written": true
    },
    "title": {
      "kind": "text",
      "listed": true,
      "most": 500,
      "required": true,
      "written": true
    },
    "writer": {
      "filtered": true,
      "kind": "person",
      "listed": true,
      "noun": "users"
    }
  },
  "history": null,
  "list": "listActivities",
  "numbered": false,
  "read": "getActivity",
  "restore": null,
  "right": "activities:read",
  "searched": true,
  "sort": "-at",
  "title": "title"
} as const satisfies Noun;
