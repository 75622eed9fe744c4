// Theme and motion. Without it everything is still to be read.
(() => {
  "use strict";
  const root = document.documentElement;
  const theme = document.getElementById("theme");
  const systemDark = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : systemDark.matches;
  const nameTheme = () => { theme.textContent = isDark() ? "Light theme" : "Dark theme"; };
  try { const kept = localStorage.getItem("jointvae-theme"); if (kept) root.dataset.theme = kept; } catch {}
  theme.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("jointvae-theme", root.dataset.theme); } catch {}
    nameTheme();
  });
  systemDark.addEventListener("change", nameTheme);
  theme.hidden = false;
  nameTheme();

  const motion = document.getElementById("motion");
  const animations = [...document.querySelectorAll("img.animation")];
  const setPaused = paused => {
    for (const image of animations) {
      if (paused && image.naturalWidth > 0) {
        const still = document.createElement("canvas");
        still.width = image.naturalWidth;
        still.height = image.naturalHeight;
        still.style.width = image.width + "px";
        still.setAttribute("role", "img");
        still.setAttribute("aria-label", image.alt);
        still.getContext("2d").drawImage(image, 0, 0);
        image.after(still);
        image.hidden = true;
        image.style.display = "none";
      } else if (!paused && image.hidden) {
        image.nextElementSibling.remove();
        image.hidden = false;
        image.style.display = "";
      }
    }
    motion.setAttribute("aria-pressed", String(paused));
    motion.textContent = paused ? "Play animations" : "Pause animations";
  };
  if (animations.length > 0) {
    motion.hidden = false;
    motion.addEventListener("click", () => setPaused(motion.getAttribute("aria-pressed") !== "true"));
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) addEventListener("load", () => setPaused(true));
  }

  document.querySelectorAll("figure.chart").forEach(connectChart);
})();
