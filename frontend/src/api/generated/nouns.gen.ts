// This file is auto-generated from the contract (`x-nouns`): what is known of each noun and of the facts of its records.

import type { Permission as Right } from "./types.gen.ts";

export type Kind =
  | "choice"
  | "choices"
  | "day"
  | "flag"
  | "fraction"
  | "instant"
  | "item"
  | "money"
  | "number"
  | "person"
  | "reference"
  | "text";
export interface Fact {
  kind: Kind;
  /** The kind of record that a reference leads to. */
  noun?: string;
  /** The types of the dictionary whose items it takes. */
  types?: readonly string[];
  /** The closed list of its values. */
  choices?: readonly string[];
  listed?: true;
  sorted?: true;
  filtered?: true;
  /** Its filter takes several. */
  many?: true;
  written?: true;
  required?: true;
  /** It is said once, when the record is made. */
  fixed?: true;
  /** The most characters that it may have. */
  most?: number;
  /** It has a right of its own. */
  guarded?: true;
}
export interface Noun {
  code: string;
  /** The operations that read one, a page of them, and who changed what of one; the right that the first two need. */
  read: string;
  list: string;
  history: string | null;
  right: Right;
  /** The fact that people know a record by. */
  title: string;
  /** How its list goes unless it is asked otherwise. */
  sort: string;
  numbered: boolean;
  binned: boolean;
  /** The right by which others than who deleted a record bring it back from the bin. */
  restore: Right | null;
  searched: boolean;
  facts: Record<string, Fact>;
}

/** What lies in the recycle bin -> the right that brings it back. */
export const RESTORED = {
  "assets": "assets:write",
  "chances": "customers:restore",
  "competitors": "competitors:write",
  "customers": "customers:restore",
  "linkmen": "linkmen:write",
  "orders": "orders:write"
} as const satisfies Record<string, Right>;

/** Noun -> the fact that people know its records by, for who names those of another one. */
export const TITLES: Record<string, string> = {
  "activities": "title",
  "arrivals": "number",
  "assets": "number",
  "chances": "title",
  "competitors": "name",
  "customers": "name",
  "linkmen": "name",
  "losses": "customer",
  "orders": "number",
  "plans": "todo",
  "products": "name",
  "services": "title",
  "storage": "product",
  "users": "name"
};

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

export const arrivals = {
  "code": "arrivals",
  "binned": false,
  "facts": {
    "bin": {
      "kind": "text",
      "listed": true,
      "most": 60,
      "required": true,
      "written": true
    },
    "cancel_reason": {
      "kind": "text"
    },
    "count": {
      "kind": "number",
      "listed": true,
      "required": true,
      "sorted": true,
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
    "expected_on": {
      "kind": "day",
      "listed": true,
      "required": true,
      "sorted": true,
      "written": true
    },
    "left": {
      "kind": "number",
      "listed": true
    },
    "memo": {
      "kind": "text",
      "listed": true,
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
    "product": {
      "filtered": true,
      "kind": "reference",
      "listed": true,
      "noun": "products",
      "required": true,
      "sorted": true,
      "written": true
    },
    "product_code": {
      "kind": "text",
      "listed": true
    },
    "received": {
      "kind": "number",
      "listed": true
    },
    "status": {
      "choices": [
        "expected",
        "received",
        "cancelled"
      ],
      "filtered": true,
      "kind": "choice",
      "listed": true,
      "many": true
    },
    "supplier": {
      "kind": "text",
      "listed": true,
      "most": 200,
      "written": true
    },
    "unit": {
      "kind": "text",
      "listed": true
    },
    "updated_at": {
      "kind": "instant"
    },
    "warehouse": {
      "filtered": true,
      "kind": "item",
      "listed": true,
      "required": true,
      "types": [
        "warehouse"
      ],
      "written": true
    }
  },
  "history": null,
  "list": "listArrivals",
  "numbered": true,
  "read": "getArrival",
  "restore": null,
  "right": "storage:read",
  "searched": true,
  "sort": "expected_on",
  "title": "number"
} as const satisfies Noun;

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

export const plans = {
  "code": "plans",
  "binned": false,
  "facts": {
    "assignee": {
      "filtered": true,
      "kind": "person",
      "listed": true,
      "noun": "users"
    },
    "chance": {
      "filtered": true,
      "kind": "reference",
      "listed": true,
      "noun": "chances"
    },
    "created_at": {
      "kind": "instant",
      "listed": true
    },
    "customer": {
      "kind": "reference",
      "listed": true,
      "noun": "customers"
    },
    "customer_name": {
      "kind": "text",
      "listed": true
    },
    "date": {
      "kind": "day",
      "listed": true,
      "required": true,
      "sorted": true,
      "written": true
    },
    "done_at": {
      "kind": "instant",
      "listed": true,
      "sorted": true
    },
    "done_by": {
      "kind": "person",
      "listed": true,
      "noun": "users"
    },
    "external_id": {
      "filtered": true,
      "kind": "text",
      "listed": true,
      "most": 100,
      "written": true
    },
    "kind": {
      "kind": "item",
      "listed": true,
      "types": [
        "contact_kind"
      ],
      "written": true
    },
    "overdue": {
      "kind": "flag",
      "listed": true
    },
    "result": {
      "kind": "text",
      "listed": true,
      "most": 4000,
      "written": true
    },
    "status": {
      "choices": [
        "open",
        "done",
        "cancelled"
      ],
      "filtered": true,
      "kind": "choice",
      "listed": true,
      "many": true
    },
    "todo": {
      "kind": "text",
      "listed": true,
      "most": 4000,
      "required": true,
      "written": true
    }
  },
  "history": null,
  "list": "listPlans",
  "numbered": false,
  "read": "getPlan",
  "restore": null,
  "right": "plans:read",
  "searched": true,
  "sort": "date",
  "title": "todo"
} as const satisfies Noun;

export const products = {
  "code": "products",
  "binned": false,
  "facts": {
    "batch": {
      "kind": "text",
      "most": 200,
      "written": true
    },
    "category": {
      "filtered": true,
      "kind": "reference",
      "listed": true,
      "noun": "product_categories",
      "written": true
    },
    "code": {
      "kind": "text",
      "listed": true,
      "most": 200,
      "sorted": true,
      "written": true
    },
    "cost": {
      "guarded": true,
      "kind": "money",
      "listed": true,
      "sorted": true,
      "written": true
    },
    "created_at": {
      "kind": "instant",
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
    "is_tracked": {
      "kind": "flag",
      "written": true
    },
    "memo": {
      "kind": "text",
      "most": 4000,
      "written": true
    },
    "model": {
      "kind": "text",
      "listed": true,
      "most": 200,
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
    "price": {
      "kind": "money",
      "listed": true,
      "sorted": true,
      "written": true
    },
    "sold": {
      "filtered": true,
      "kind": "flag",
      "listed": true
    },
    "tax_rate": {
      "kind": "fraction",
      "listed": true,
      "written": true
    },
    "unit": {
      "kind": "text",
      "listed": true,
      "most": 200,
      "written": true
    },
    "updated_at": {
      "kind": "instant"
    },
    "warranty_months": {
      "kind": "number",
      "written": true
    }
  },
  "history": "listProductHistory",
  "list": "listProducts",
  "numbered": false,
  "read": "getProduct",
  "restore": null,
  "right": "products:read",
  "searched": true,
  "sort": "name",
  "title": "name"
} as const satisfies Noun;

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

export const storage = {
  "code": "storage",
  "binned": false,
  "facts": {
    "available": {
      "kind": "number",
      "listed": true,
      "sorted": true
    },
    "bin": {
      "kind": "text",
      "listed": true,
      "most": 60,
      "required": true,
      "sorted": true,
      "written": true
    },
    "count": {
      "kind": "number",
      "listed": true,
      "sorted": true
    },
    "created_at": {
      "kind": "instant",
      "listed": true,
      "sorted": true
    },
    "expected_on": {
      "kind": "day",
      "listed": true
    },
    "in_transit": {
      "kind": "number",
      "listed": true
    },
    "memo": {
      "kind": "text",
      "listed": true,
      "most": 4000,
      "written": true
    },
    "product": {
      "filtered": true,
      "kind": "reference",
      "listed": true,
      "noun": "products",
      "required": true,
      "sorted": true,
      "written": true
    },
    "product_code": {
      "kind": "text",
      "listed": true
    },
    "reserved": {
      "kind": "number",
      "listed": true,
      "sorted": true
    },
    "unit": {
      "kind": "text",
      "listed": true
    },
    "updated_at": {
      "kind": "instant"
    },
    "warehouse": {
      "filtered": true,
      "kind": "item",
      "listed": true,
      "required": true,
      "sorted": true,
      "types": [
        "warehouse"
      ],
      "written": true
    }
  },
  "history": null,
  "list": "listStorage",
  "numbered": false,
  "read": "getStorage",
  "restore": null,
  "right": "storage:read",
  "searched": true,
  "sort": "product",
  "title": "product"
} as const satisfies Noun;

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

export const NOUNS: readonly Noun[] = [activities, arrivals, assets, chances, competitors, customers, linkmen, losses, orders, plans, products, services, storage, users];
