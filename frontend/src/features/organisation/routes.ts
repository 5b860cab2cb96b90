import { Lock, UsersRound } from "@lucide/vue";
import type { FeatureRoute } from "@/shared/lib/routes.ts";

export const routes: FeatureRoute[] = [
  {
    path: "/organisation",
    page: "OrganisationPage",
    meta: {
      title: "menu.organisation",
      right: "users:read",
      menu: {
        module: "access",
        order: 1,
        icon: UsersRound,
        go: "o",
        keywords: "zuzhi yonghu bumen zzyyh users departments",
        phone: true,
      },
      records: { noun: "users", at: ({ id }) => `/organisation?person=${id}` },
    },
  },
  {
    path: "/organisation/invite",
    page: "InvitePage",
    meta: { title: "menu.invite", right: "users:write" },
  },
  {
    path: "/roles",
    page: "RolesPage",
    meta: {
      title: "menu.roles",
      right: "rbac:read",
      menu: { module: "access", order: 2, icon: Lock, keywords: "juese js" },
    },
  },
  { path: "/roles/:id(\\d+)", page: "RolesPage", meta: { title: "menu.roles", right: "rbac:read" } },
];
