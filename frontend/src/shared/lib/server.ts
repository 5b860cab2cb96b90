// Is the server there? One flag for the bar, and a slow knock on the door until it answers.
import { ref } from "vue";

export const serverAway = ref(false);
const KNOCK_MS = 5000;
const back = new Set<() => void>();

export function onServerBack(run: () => void): void {
  back.add(run);
}

/** For what cannot go on without it. */
export function untilBack(): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      back.delete(go);
      resolve();
    };
    back.add(go);
    reached(false);
  });
}

export function reached(yes: boolean): void {
  if (yes === !serverAway.value) return;
  serverAway.value = !yes;
  if (yes) for (const run of back) run();
  else knock();
}

function knock(): void {
  setTimeout(async () => {
    if (!serverAway.value) return;
    try {
      const answer = await fetch("/api/v1/auth/state");
      if (answer.ok) return reached(true);
    } catch {
      // still away
    }
    knock();
  }, KNOCK_MS);
}
