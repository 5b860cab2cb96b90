// Before the first paint: the chosen theme and language, so that nothing flashes. A file of its own because the page forbids inline scripts.
(() => {
  const get = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const theme = get("kith.theme") || "auto";
  const dark = theme === "dark" || (theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.classList.toggle("dark", dark);
  document.documentElement.lang = get("kith.language") || "zh-CN";
})();
