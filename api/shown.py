"""Which nouns each read shows: whoever keeps its answer drops it when a write names one of these.

It stands in the contract as `x-shows`. A test asks every read of a full database and compares this with the tables
that its statements read. The settings stand where they are the answer: currency, zone and names go into every one.
"""

SHOWS: dict[str, str] = {
    "": "listRights",
    "*":
        "followActivities followArrivals followChances followCustomers followLinkmen followLosses followOrders followPlans "
        "followProducts followServices followStorage followUsers listAudit",
    "activities chances customers departments dict goals losses orders plans processes products services users":
        "getReport",
    "activities chances customers linkmen losses orders periodic services users": "previewPurge",
    "activities chances customers linkmen services users": "getActivity listActivities",
    "activities chances customers losses orders plans services users": "listReportRows",
    "arrivals chances customers orders products services storage users": "getOrder listOrderHistory",
    "arrivals orders storage users": "listStorageChanges",
    "arrivals product_categories products storage": "listStorage",
    "arrivals products": "listArrivals",
    "arrivals products storage": "getStorage",
    "arrivals products users": "getArrival",
    "chances customers departments dict losses orders periodic processes products services users": "getPeriodicReport",
    "chances customers departments linkmen orders products services users": "listServiceHistory",
    "chances customers departments linkmen products services users": "getService",
    "chances customers linkmen orders services users": "listLinkmanHistory listRecycleBin",
    "chances customers linkmen services": "getLinkman listLinkmen",
    "chances customers losses orders services users": "listLossHistory",
    "chances customers orders processes products services users": "listChanceHistory",
    "chances customers orders product_categories products services users": "listProductHistory",
    "chances customers orders products services": "summariseCustomerOrders",
    "chances customers orders rbac services users": "listRoleHistory",
    "chances customers orders services": "listTransactions",
    "chances customers orders products services users": "listOrders",
    "chances customers orders services users": "listCustomerHistory",
    "chances customers plans services users": "getPlan listPlans",
    "chances customers processes products services users": "getChance",
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
    "imports users": "getImportRun",
    "losses users": "summariseLosses",
    "notices": "countUnreadNotices",
    "notices users": "listNotices",
    "product_categories products":
        "getProduct getProductCategory listAttributeNames listProductCategories listProducts",
    "rbac settings users": "getAuthState",
    "rbac users": "getRole listRoles listUserRights",
    "report_exports": "getReportExport listReportExports",
    "services": "countServiceQueues",
    "services users": "listServiceNotes",
    "settings": "exportSettings getPublicSettings",
    "settings users": "getSetting listSettings",
}  # fmt: skip
"""Nouns -> the operations that show them."""
