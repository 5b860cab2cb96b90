import { Lock, UsersRound } from "@lucide/vue";
import { listUsers } from "@/api/generated/sdk.gen";
import type { FeatureRoute } from "@/shared/lib/routes.ts";
import { useSession } from "@/shared/domain/session.ts";
import { registerRecordSearch } from "@/shared/lib/useCommand.ts";

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

registerRecordSearch(async (q, signal) => {
  if (!useSession().can("users:read")) return [];
  const page = await listUsers({ query: { q, limit: 5 }, signal });
  return page.items.map((row) => ({
    id: `user-${row.id}`,
    title: row.name,
    detail: [row.user_name, row.department?.name].filter(Boolean).join(" · "),
    icon: UsersRound,
    to: `/organisation?person=${row.id}`,
  }));
});
