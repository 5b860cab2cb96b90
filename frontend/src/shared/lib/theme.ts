// Light, dark or as the system says; the class on <html> swaps the tokens.
import { ref, watch } from "vue";

export type Theme = "auto" | "light" | "dark";
const KEY = "kith.theme";
const system = matchMedia("(prefers-color-scheme: dark)");
const stored = localStorage.getItem(KEY);

export const theme = ref<Theme>(stored === "light" || stored === "dark" ? stored : "auto");

function apply(): void {
  const dark = theme.value === "dark" || (theme.value === "auto" && system.matches);
  document.documentElement.classList.toggle("dark", dark);
}
watch(theme, (chosen) => {
  localStorage.setItem(KEY, chosen);
  apply();
});
system.addEventListener("change", apply);
