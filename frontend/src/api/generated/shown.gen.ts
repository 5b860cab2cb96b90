// This file is auto-generated from the contract: what the answer to a write makes stale.

/** Nouns -> the reads that show them (`*`: whatever changes). */
export const SHOWS: Record<string, string> = {
  "": "listRights",
  "*": "followActivities followArrivals followAssets followChances followCompetitors followCustomers followLinkmen followLosses followOrders followPlans followProducts followServices followStorage followUsers listAudit",
  "activities assets chances customers linkmen losses orders periodic services users": "previewPurge",
  "activities chances competitors customers departments dict goals losses orders plans processes products services users": "getReport",
  "activities chances customers linkmen services users": "getActivity listActivities",
  "activities chances customers losses orders plans services users": "listReportRows",
  "arrivals assets chances competitors customers orders processes products services users": "listChanceHistory",
  "arrivals assets chances competitors customers orders products services users": "listCompetitorHistory",
  "arrivals assets chances customers departments linkmen orders products services users": "listServiceHistory",
  "arrivals assets chances customers linkmen orders services users": "listLinkmanHistory",
  "arrivals assets chances customers losses orders services users": "listLossHistory",
  "arrivals assets chances customers orders product_categories products services users": "listProductHistory",
  "arrivals assets chances customers orders products services storage users": "listOrderHistory",
  "arrivals assets chances customers orders products services users": "listAssetHistory",
  "arrivals assets chances customers orders rbac services users": "listRoleHistory",
  "arrivals assets chances customers orders services users": "listCustomerHistory",
  "arrivals chances customers orders products services storage users": "getOrder",
  "arrivals orders storage users": "listStorageChanges",
  "arrivals product_categories products storage": "listStorage",
  "arrivals products": "listArrivals",
  "arrivals products storage": "getStorage",
  "arrivals products users": "getArrival",
  "assets chances competitors customers linkmen orders services users": "listRecycleBin",
  "assets chances customers orders products services users": "getAsset",
  "assets chances customers products services": "listAssets",
  "chances competitors": "listCompetitors",
  "chances competitors customers departments dict losses orders periodic processes products services users": "getPeriodicReport",
  "chances competitors customers processes products services users": "getChance",
  "chances competitors products users": "getCompetitor",
  "chances customers departments dict goals processes rbac settings users": "listFirstSteps",
  "chances customers departments linkmen products services users": "getService",
  "chances customers goals orders": "listMyAttainment",
  "chances customers linkmen services": "getLinkman listLinkmen",
  "chances customers orders products services": "summariseCustomerOrders",
  "chances customers orders products services users": "listOrders",
  "chances customers orders services": "listTransactions",
  "chances customers plans services users": "getPlan listPlans",
  "chances customers processes services users": "getChanceBoard getChanceTimeline listChances",
  "chances customers products services users": "listServices",
  "chances customers services users": "getCustomer listCustomers listPeopleLoads previewTransfer",
  "chances customers settings users": "getHealthOverview",
  "chances departments processes users": "summariseChances",
  "chances plans": "countPlans",
  "chances processes": "getProcess listProcesses",
  "chances processes users": "listChanceStages",
  "customers departments rbac settings users": "getMe",
  "customers dict settings": "listDictItemUses",
  "customers losses users": "getLoss listLosses",
  "departments goals users": "listGoals",
  "departments periodic users": "listPeriodicReports",
  "departments rbac services users": "listServiceLoads",
  "departments rbac users": "getUser listPeople listUsers",
  "departments users": "getDepartment listDepartments",
  "dict": "getDictItem listDict",
  "imports users": "getImportRun listImportRuns",
  "losses users": "summariseLosses",
  "notices": "countUnreadNotices",
  "notices users": "listNotices",
  "product_categories products": "getProduct getProductCategory listAttributeNames listProductCategories listProducts",
  "rbac settings users": "getAuthState",
  "rbac users": "getRole listRoles listUserRights",
  "report_exports": "getReportExport listReportExports",
  "services": "countServiceQueues",
  "services users": "listServiceNotes",
  "settings": "exportSettings getPublicSettings",
  "settings users": "getSetting listSettings"
};

/** The noun of a record's address -> its read, and the name of the id in it. */
export const RECORDS: Record<string, [read: string, id: string]> = {
  "activities": [
    "getActivity",
    "activity_id"
  ],
  "arrivals": [
    "getArrival",
    "arrival_id"
  ],
  "assets": [
    "getAsset",
    "asset_id"
  ],
  "chances": [
    "getChance",
    "chance_id"
  ],
  "competitors": [
    "getCompetitor",
    "competitor_id"
  ],
  "customers": [
    "getCustomer",
    "customer_id"
  ],
  "departments": [
    "getDepartment",
    "department_id"
  ],
  "dict": [
    "getDictItem",
    "item_id"
  ],
  "linkmen": [
    "getLinkman",
    "linkman_id"
  ],
  "losses": [
    "getLoss",
    "loss_id"
  ],
  "orders": [
    "getOrder",
    "order_id"
  ],
  "periodic-reports": [
    "getPeriodicReport",
    "report_id"
  ],
  "plans": [
    "getPlan",
    "plan_id"
  ],
  "processes": [
    "getProcess",
    "process_id"
  ],
  "product-categories": [
    "getProductCategory",
    "category_id"
  ],
  "products": [
    "getProduct",
    "product_id"
  ],
  "roles": [
    "getRole",
    "role_id"
  ],
  "services": [
    "getService",
    "service_id"
  ],
  "storage": [
    "getStorage",
    "storage_id"
  ],
  "users": [
    "getUser",
    "user_id"
  ]
};
