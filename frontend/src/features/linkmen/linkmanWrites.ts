// What can be done with a contact from any list: edit, make primary, mark as left, move to another customer, delete with undo; and from its form: erase.
import { ArrowRightLeft, Pencil, Star, Trash2, UserRoundCheck, UserRoundX } from "@lucide/vue";
import { deleteLinkman, eraseLinkman, restoreLinkman, updateLinkman } from "@/api/generated/sdk.gen";
import type { LinkmanPatch, LinkmanRead, LinkmanRow } from "@/api/generated/types.gen";
import { ifMatch } from "@/api/runtime.ts";
import { confirmed, type MenuItem } from "@/shared/lib/ask.ts";
import { t } from "@/shared/lib/i18n.ts";
import { may } from "@/shared/lib/may.ts";
import { openOverlay } from "@/shared/domain/parts.ts";
import { toast } from "@/shared/lib/toast.ts";

type Contact = Pick<LinkmanRow, "id" | "version" | "name" | "is_primary" | "status" | "customer" | "allowed_actions">;

async function guarded(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    toast.error(error);
    return false;
  }
}

/** After asking; returns the contact without its personal facts, or null when they are still there. */
async function erase(contact: LinkmanRead): Promise<LinkmanRead | null> {
  const sure = await confirmed({
    title: t("linkmen.personal.ask", { name: contact.name }),
    body: [t("linkmen.personal.consequence"), contact.posts.length ? t("linkmen.personal.elsewhere") : ""].join(""),
    confirm: t("linkmen.personal.erase"),
    tone: "danger",
  });
  if (!sure) return null;
  try {
    const erased = await eraseLinkman({ path: { linkman_id: contact.id }, headers: ifMatch(contact) });
    toast.success(t("linkmen.personal.erased"));
    return erased;
  } catch (error) {
    toast.error(error);
    return null;
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
  const items: (MenuItem & { step: string })[] = [
    {
      key: "edit",
      step: "update",
      label: t("linkmen.panel.edit"),
      icon: Pencil,
      run: () => openOverlay("linkman-form", { linkmanId: contact.id }),
    },
    ...(contact.is_primary || left
      ? []
      : [
          {
            key: "primary",
            step: "update",
            label: t("linkmen.panel.makePrimary"),
            icon: Star,
            run: () => void change(contact, { is_primary: true }),
          },
        ]),
    {
      key: "left",
      step: "update",
      label: t(left ? "linkmen.panel.markBack" : "linkmen.panel.markLeft"),
      icon: left ? UserRoundCheck : UserRoundX,
      run: () => void change(contact, { status: left ? "active" : "left" }),
    },
    {
      key: "move",
      step: "move",
      label: t("linkmen.panel.move"),
      icon: ArrowRightLeft,
      run: () => openOverlay("linkman-move", { contact }),
    },
    {
      key: "delete",
      step: "delete",
      label: t("linkmen.panel.delete"),
      icon: Trash2,
      tone: "danger",
      run: () => void remove(contact),
    },
  ];
  return items.filter(({ step }) => may(contact, step));
}

export const linkmanWrites = { actions, erase };
