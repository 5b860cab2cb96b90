// The page of this feature, a step away from the entry: there it would name all the files that it loads.
export const settings = () => import("./SettingsPage.vue");
