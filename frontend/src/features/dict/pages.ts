// The pages of this feature, a step away from the entry: there each page would name all the files that it loads.
export const dictionary = () => import("./DictPage.vue");
