// The page of this feature, a step away from the entry: there it would name all the files that it loads.
export const processes = () => import("./ProcessesPage.vue");
