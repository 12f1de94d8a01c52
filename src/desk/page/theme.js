/**
 * Whether the page is light or dark: as it was chosen here, else as the system says. Loaded before anything shows, and by the
 * guide as well. It is told of a choice by the event `themeturned`.
 */
(function () {
  const KEY = "accolade-theme";
  const page = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  /** @type {string | null} */
  let chosen = null;
  try {
    chosen = localStorage.getItem(KEY);
  } catch (error) {
    // Not kept: as the system says.
  }
  const show = () => {
    page.dataset.theme = chosen || (system.matches ? "dark" : "light");
  };
  show();
  system.addEventListener("change", show);
  page.addEventListener("themeturned", () => {
    chosen = page.dataset.theme === "dark" ? "light" : "dark";
    show();
    try {
      localStorage.setItem(KEY, chosen);
    } catch (error) {
      // Chosen for this page alone.
    }
  });
})();
