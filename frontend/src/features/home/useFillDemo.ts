// Filling in the demo company: asked first, for nobody takes it away in one go.
import { useMutation, useQueryClient } from "@tanstack/vue-query";
import { fillDemo } from "@/api/generated/sdk.gen";
import { confirmed } from "@/shared/lib/ask.ts";
import { t } from "@/shared/lib/i18n.ts";
import { useSession } from "@/shared/domain/session.ts";
import { toast } from "@/shared/lib/toast.ts";

export function useFillDemo() {
  const session = useSession();
  const client = useQueryClient();
  const fill = useMutation({
    mutationFn: () => fillDemo(),
    onSuccess: async () => {
      toast.success(t("home.demo.filled"));
      await session.load();
      await client.invalidateQueries();
    },
  });
  async function ask(): Promise<void> {
    if (await confirmed({ title: t("home.demo.ask"), body: t("home.demo.askBody"), confirm: t("home.demo.fill") }))
      fill.mutate();
  }
  return { ask, busy: fill.isPending };
}
