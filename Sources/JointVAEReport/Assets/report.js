// Theme, motion, and values under the pointer. Without it everything is still to be read.
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

  const short = value => {
    const size = Math.abs(value);
    return size >= 1e5 ? value.toExponential(3) : value.toFixed(size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : 3);
  };
  for (const figure of document.querySelectorAll("figure.chart")) {
    const drawing = figure.querySelector("svg[data-axis]");
    if (!drawing) continue;
    const [low, high, left, right] = drawing.dataset.axis.split(" ").map(Number);
    const cursor = drawing.querySelector(".cursor");
    const values = [...figure.querySelectorAll(".value")];
    const output = figure.querySelector("output");
    let rows, place = -1;
    const load = () => rows ??= decodeURIComponent(figure.querySelector("a[download]").href.split(",").slice(1).join(","))
      .trim().split("\n").slice(1).map(row => row.split(",").map(field => field === "" ? NaN : Number(field)));
    const valueNear = (column, row) => {
      for (let distance = 0; distance < rows.length; distance++) {
        for (const near of [row - distance, row + distance]) {
          if (rows[near] && !Number.isNaN(rows[near][column])) return rows[near][column];
        }
      }
      return NaN;
    };
    const show = row => {
      place = Math.max(0, Math.min(load().length - 1, row));
      const x = left + (right - left) * (rows[place][0] - low) / (high - low);
      cursor.setAttribute("transform", `translate(${x} 0)`);
      cursor.setAttribute("visibility", "visible");
      values.forEach((value, index) => {
        const number = valueNear(index + 1, place);
        if (!Number.isNaN(number)) value.textContent = short(number);
      });
      output.textContent = `at step ${rows[place][0].toLocaleString("en")}`;
      const spoken = document.createElement("span");
      spoken.className = "spoken";
      spoken.textContent = ": " + values.map(value => value.parentElement.textContent).join(", ");
      output.append(spoken);
    };
    const leave = () => {
      place = -1;
      cursor.setAttribute("visibility", "hidden");
      values.forEach(value => { value.textContent = value.dataset.last; });
      output.textContent = "last values";
    };
    const point = event => {
      const box = drawing.getBoundingClientRect();
      const wanted = low + (high - low) * ((event.clientX - box.left) / box.width * drawing.viewBox.baseVal.width - left) / (right - left);
      let best = 0;
      load().forEach((row, index) => { if (Math.abs(row[0] - wanted) < Math.abs(rows[best][0] - wanted)) best = index; });
      show(best);
    };
    drawing.addEventListener("pointermove", point);
    drawing.addEventListener("pointerdown", point);
    drawing.addEventListener("pointerleave", leave);
    drawing.addEventListener("blur", leave);
    drawing.addEventListener("keydown", event => {
      const last = load().length - 1;
      const start = place < 0 ? last : place;
      const target = { ArrowLeft: start - 1, ArrowRight: place < 0 ? 0 : start + 1, Home: 0, End: last }[event.key];
      if (event.key === "Escape") leave();
      if (target === undefined) return;
      event.preventDefault();
      show(target);
    });
  }
})();
