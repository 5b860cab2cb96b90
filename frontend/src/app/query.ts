// The one query client. Reads retry when the server was away; a write that nobody handles ends in one toast.
import { MutationCache, QueryCache, QueryClient } from "@tanstack/vue-query";
import { toApiError } from "@/api/errors.ts";
import { isReadAgain } from "@/shared/lib/layers.ts";
import { onServerBack } from "@/shared/lib/server.ts";
import { toast } from "@/shared/lib/toast.ts";

export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    // Without data the page shows its error state; with data a failed refresh is worth a word, not a blank page.
    onError: (error, query) => {
      // What a write took out of sight is no failure: its page is being left.
      const taken = isReadAgain(query) && toApiError(error).kind === "gone";
      if (query.state.data !== undefined && !taken) toast.error(error);
    },
  }),
  mutationCache: new MutationCache({
    onError: (error, _vars, _context, mutation) => {
      if (!mutation.meta?.handled) toast.error(error);
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      networkMode: "always", // the server may stand in the same room; only the server knows whether it is there
      retry: (failures, error) => failures < 2 && toApiError(error).kind === "away",
    },
    mutations: { networkMode: "always" },
  },
});

onServerBack(() => void queryClient.invalidateQueries());
