// The pages of this feature, a step away from the entry: there each page would name all the files that it loads.
export const roles = () => import("./RolesPage.vue");
export const organisation = () => import("./OrganisationPage.vue");
export const invite = () => import("./InvitePage.vue");
