// The page's address apart from the routes: the list of what it loads stands here, and the entry stays within its budget.
export const page = () => import("./ArrivalListPage.vue");
