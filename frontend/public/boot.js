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

  // The page came, its scripts did not: neither do the words of the rest, so these two lines are here.
  const LOST = "Kith 没能载入，请检查网络后重新打开。 Kith could not be loaded: check the connection and open it again.";
  const tell = (event) => {
    const app = document.getElementById("app");
    if (!(event.target instanceof HTMLScriptElement) || !app || app.firstChild) return;
    const line = document.createElement("p");
    line.role = "alert";
    line.style = "margin: 20vh auto; padding: 0 16px; max-width: 40em; font: 16px/1.6 system-ui; text-align: center";
    line.textContent = LOST;
    app.append(line);
  };
  addEventListener("error", tell, true); // of a file it is told on the way down only
})();
