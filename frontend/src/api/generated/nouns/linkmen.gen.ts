// This file is auto-generated from the contract (`x-nouns`).
import type { Noun } from "../nouns.gen.ts";

export const linkmen = {
  "code": "linkmen",
  "binned": true,
  "facts": {
    "anniversary": {
      "guarded": true,
      "kind": "day",
      "written": true
    },
    "background": {
      "guarded": true,
      "kind": "text",
      "most": 4000,
      "written": true
    },
    "birthday": {
      "guarded": true,
      "kind": "day",
      "written": true
    },
    "career": {
      "guarded": true,
      "kind": "text",
      "most": 4000,
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
      "required": true,
      "written": true
    },
    "decision_role": {
      "choices": [
        "decider",
        "influencer",
        "user",
        "opponent"
      ],
      "kind": "choice",
      "listed": true,
      "written": true
    },
    "education": {
      "guarded": true,
      "kind": "text",
      "most": 4000,
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
    "family": {
      "guarded": true,
      "kind": "text",
      "most": 4000,
      "written": true
    },
    "hobby": {
      "guarded": true,
      "kind": "text",
      "most": 4000,
      "written": true
    },
    "is_primary": {
      "filtered": true,
      "kind": "flag",
      "listed": true,
      "written": true
    },
    "left_at": {
      "kind": "instant"
    },
    "memo": {
      "kind": "text",
      "most": 4000,
      "written": true
    },
    "mobile": {
      "kind": "text",
      "listed": true,
      "most": 100,
      "written": true
    },
    "mobile_normal": {
      "kind": "text",
      "listed": true
    },
    "name": {
      "kind": "text",
      "listed": true,
      "most": 100,
      "required": true,
      "sorted": true,
      "written": true
    },
    "position": {
      "kind": "text",
      "listed": true,
      "most": 200,
      "written": true
    },
    "sex": {
      "choices": [
        "male",
        "female"
      ],
      "kind": "choice",
      "written": true
    },
    "status": {
      "choices": [
        "active",
        "left"
      ],
      "filtered": true,
      "kind": "choice",
      "listed": true,
      "written": true
    },
    "superior": {
      "kind": "reference",
      "listed": true,
      "noun": "linkmen",
      "written": true
    },
    "tel": {
      "kind": "text",
      "listed": true,
      "most": 100,
      "written": true
    },
    "tel_normal": {
      "kind": "text",
      "listed": true
    },
    "wechat": {
      "kind": "text",
      "most": 200,
      "written": true
    }
  },
  "history": "listLinkmanHistory",
  "list": "listLinkmen",
  "numbered": false,
  "read": "getLinkman",
  "restore": "linkmen:write",
  "right": "linkmen:read",
  "searched": true,
  "sort": "-created_at",
  "title": "name"
} as const satisfies Noun;
