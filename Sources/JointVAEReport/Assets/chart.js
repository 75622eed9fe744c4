// Values under the pointer, or under a cursor that arrow keys move, in the legend of a chart.
const connectChart = (() => {
  "use strict";
  const short = value => {
    const size = Math.abs(value);
    return size >= 1e5 ? value.toExponential(3) : value.toFixed(size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : 3);
  };
  return figure => {
    const drawing = figure.querySelector("svg[data-axis]");
    if (!drawing) return;
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
  };
})();
