// Moves a record to the recycle bin, with a way back.
import { t } from "../lib/i18n.ts";
import { toast } from "../lib/toast.ts";
import { type Kept, nameOf, recordsOf } from "./records.ts";

async function restore(code: string, id: number): Promise<void> {
  try {
    await recordsOf(code).restore(id);
    toast.success(t("records.restored"));
  } catch (error) {
    toast.error(error);
  }
}

/** True when it is gone. `left` runs before the lists are read again: the page of a record goes away first. */
export async function removeRecord(code: string, row: Kept, left?: () => unknown): Promise<boolean> {
  try {
    await recordsOf(code).remove(row);
  } catch (error) {
    toast.error(error);
    return false;
  }
  await left?.();
  toast.undo(t("records.deleted", { name: nameOf(code, row) }), () => void restore(code, row.id));
  return true;
}
