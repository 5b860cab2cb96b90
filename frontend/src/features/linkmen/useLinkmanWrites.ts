// What can be done with a contact from any list: edit, make primary, mark as left, delete with undo.
import { useQueryClient } from "@tanstack/vue-query";
import { Pencil, Star, Trash2, UserRoundCheck, UserRoundX } from "@lucide/vue";
import { deleteLinkman, restoreLinkman, updateLinkman } from "@/api/generated/sdk.gen";
import type { LinkmanPatch, LinkmanRow } from "@/api/generated/types.gen";
import { ifMatch } from "@/api/runtime.ts";
import type { MenuItem } from "@/shared/lib/ask.ts";
import { t } from "@/shared/lib/i18n.ts";
import { openOverlay } from "@/shared/lib/parts.ts";
import { toast } from "@/shared/lib/toast.ts";

type Contact = Pick<LinkmanRow, "id" | "version" | "name" | "is_primary" | "status">;

export function useLinkmanWrites() {
  const client = useQueryClient();
  const refresh = () =>
    Promise.all(
      ["listLinkmen", "getLinkman", "listCustomerHistory", "listRecycleBin"].map((_id) =>
        client.invalidateQueries({ queryKey: [{ _id }] }),
      ),
    );

  async function guarded(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      toast.error(error);
      return false;
    } finally {
      await refresh();
    }
  }
  const change = (contact: Contact, body: LinkmanPatch) =>
    guarded(() => updateLinkman({ path: { linkman_id: contact.id }, body, headers: ifMatch(contact) }));

  async function remove(contact: Contact): Promise<void> {
    const path = { linkman_id: contact.id };
    if (!(await guarded(() => deleteLinkman({ path, headers: ifMatch(contact) })))) return;
    toast.undo(t("linkmen.panel.deleted", { name: contact.name }), () => {
      void guarded(() => restoreLinkman({ path })).then((done) => done && toast.success(t("menu.customerRestored")));
    });
  }

  function actions(contact: Contact): MenuItem[] {
    const left = contact.status === "left";
    return [
      {
        key: "edit",
        label: t("linkmen.panel.edit"),
        icon: Pencil,
        run: () => openOverlay("linkman-form", { linkmanId: contact.id }),
      },
      ...(contact.is_primary || left
        ? []
        : [
            {
              key: "primary",
              label: t("linkmen.panel.makePrimary"),
              icon: Star,
              run: () => void change(contact, { is_primary: true }),
            },
          ]),
      {
        key: "left",
        label: t(left ? "linkmen.panel.markBack" : "linkmen.panel.markLeft"),
        icon: left ? UserRoundCheck : UserRoundX,
        run: () => void change(contact, { status: left ? "active" : "left" }),
      },
      {
        key: "delete",
        label: t("linkmen.panel.delete"),
        icon: Trash2,
        tone: "danger",
        run: () => void remove(contact),
      },
    ];
  }
  return { actions, refresh };
}
