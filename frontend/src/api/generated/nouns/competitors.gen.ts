// This file is auto-generated from the contract (`x-nouns`).
import type { Noun } from "../nouns.gen.ts";

export const competitors = {
  "code": "competitors",
  "binned": true,
  "facts": {
    "code": {
      "kind": "text",
      "listed": true,
      "most": 60,
      "written": true
    },
    "created_at": {
      "kind": "instant",
      "listed": true,
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
    "name_en": {
      "kind": "text",
      "listed": true,
      "most": 200,
      "written": true
    },
    "product_count": {
      "kind": "number",
      "listed": true
    },
    "strategy": {
      "kind": "text",
      "most": 4000,
      "written": true
    },
    "updated_at": {
      "kind": "instant",
      "listed": true,
      "sorted": true
    },
    "updated_by": {
      "kind": "person",
      "noun": "users"
    },
    "website": {
      "kind": "text",
      "listed": true,
      "most": 200,
      "written": true
    }
  },
  "history": "listCompetitorHistory",
  "list": "listCompetitors",
  "numbered": false,
  "read": "getCompetitor",
  "restore": "competitors:write",
  "right": "competitors:read",
  "searched": true,
  "sort": "name",
  "title": "name"
} as const satisfies Noun;
