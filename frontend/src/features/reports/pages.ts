// The pages of this feature, a step away from the entry: there each page would name all the files that it loads.
export const board = () => import("./BoardPage.vue");
export const report = () => import("./ReportPage.vue");
export const goals = () => import("./GoalsPage.vue");
export const periodic = () => import("./PeriodicPage.vue");
export const periodicList = () => import("./PeriodicListPage.vue");
