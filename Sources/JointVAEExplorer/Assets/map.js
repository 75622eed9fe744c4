// The data set in the latent space, or the plane of two latents in decoded images.

const SERIES = 6;
const GRID = 11;

class LatentMap {
  constructor(info) {
    this.info = info;
    this.view = { x: 0, y: 0, scale: 1 };
    this.canvas = byId('map');
    for (const id of ['map-x', 'map-y', 'map-color']) byId(id).onchange = () => { this.home(); this.place(); };
    byId('map-grid').onchange = () => this.draw();
    byId('map-home').onclick = () => { this.home(); this.draw(); };
    const { canvas } = this;
    canvas.addEventListener('pointerdown', event => { this.from = this.at(event); this.start = { ...this.view }; this.moved = false; canvas.setPointerCapture(event.pointerId); });
    canvas.addEventListener('pointermove', event => this.move(event));
    canvas.addEventListener('pointerup', event => { const was = this.from; this.from = null; if (was && !this.moved) this.click(event); });
    canvas.addEventListener('pointercancel', () => { this.from = null; });
    canvas.addEventListener('wheel', event => this.wheel(event), { passive: false });
    canvas.addEventListener('keydown', event => this.key(event));
    if ('ResizeObserver' in window) new ResizeObserver(() => this.draw()).observe(canvas);
  }

  /** The images of the page, from the picture that holds all of them. */
  async load() {
    const { info } = this;
    if (!info) return;
    const picture = new Image();
    picture.src = `data:image/png;base64,${textOf('images').trim()}`;
    await picture.decode();
    this.sheet = element('canvas', { width: picture.naturalWidth, height: picture.naturalHeight });
    this.sheet.getContext('2d', { willReadFrequently: true }).drawImage(picture, 0, 0);
    this.encoded = new Map();
  }

  /** Image `n` of the page as an image of `model`. */
  image(n, model) {
    const { info } = this, small = element('canvas', { width: info.width, height: info.height });
    const [x, y] = [n % info.columns * info.width, Math.floor(n / info.columns) * info.height];
    const context = small.getContext('2d');
    // What is transparent is white to a model without alpha, as where files are read.
    if (!hasAlpha(model)) { context.fillStyle = '#fff'; context.fillRect(0, 0, small.width, small.height); }
    context.drawImage(this.sheet, x, y, info.width, info.height, 0, 0, info.width, info.height);
    if (info.width === model.width && info.height === model.height) return Drawing.prototype.image.call({ canvas: small }, model);
    const large = element('canvas', { width: 4 * model.width, height: 4 * model.height });
    large.getContext('2d').drawImage(small, 0, 0, large.width, large.height);
    return Drawing.prototype.image.call({ canvas: large }, model);
  }

  codes(model) { return this.encoded && this.encoded.get(model); }

  /** Encodes all images of the page by the model. */
  async encode(model, progress) {
    const { count } = this.info, width = model.dimension - model.continuous;
    const codes = { count, mean: new Float32Array(count * model.continuous), logVariance: new Float32Array(count * model.continuous), alpha: new Float32Array(count * width) };
    for (let first = 0; first < count; first += 16) {
      const some = Math.min(16, count - first), images = new Float32Array(some * model.values);
      for (let n = 0; n < some; n++) images.set(this.image(first + n, model), n * model.values);
      while (app.isBusy) await new Promise(done => setTimeout(done, 4));
      const posterior = await app.calls.encode(model, images);
      codes.mean.set(posterior.mean, first * model.continuous);
      codes.logVariance.set(posterior.logVariance, first * model.continuous);
      codes.alpha.set(posterior.alpha, first * width);
      if (first % 160 === 0) progress(first / count);
      if (app.active !== model) return;
    }
    this.encoded.set(model, codes);
  }

  async build(model) {
    this.model = model;
    byId('map-card').hidden = this.info ? model.dimension < 2 && !model.continuous : model.continuous < 2;
    if (byId('map-card').hidden) return;
    const axes = model.order.map(i => [`z${i}`, model.latentName(i)]);
    if (this.info && model.dimension > 1) axes.unshift(['p0', 'first principal direction'], ['p1', 'second principal direction']);
    const fill = (id, chosen) => {
      byId(id).replaceChildren(...axes.map(([value, text]) => element('option', { value, textContent: text })));
      if (axes[chosen]) byId(id).value = axes[chosen][0];
    };
    fill('map-x', 0);
    fill('map-y', Math.min(1, axes.length - 1));
    byId('map-color-label').hidden = byId('map-grid-label').hidden = byId('map-home').hidden = !this.info;
    byId('map-side').hidden = !this.info;
    byId('map-hover').hidden = true;
    if (this.info) {
      const colors = model.discrete.map((_, v) => [`c${v}`, model.discrete.length > 1 ? `c${v}` : 'category']);
      if (this.info.labels.length) colors.push(['label', 'label']);
      byId('map-color').replaceChildren(...colors.map(([value, text]) => element('option', { value, textContent: text })));
      byId('map-color-label').hidden = !colors.length;
    }
    this.home();
    if (this.info && !this.codes(model)) {
      await this.encode(model, share => { byId('map-note').textContent = `Encoding the images: ${Math.round(100 * share)} %`; });
      if (app.active !== model) return;
      app.samples.build(model);
      app.update('drawing');
    }
    this.place();
    this.explain();
  }

  explain() {
    const { info } = this;
    byId('map-note').textContent = info
      ? `${info.count} of the ${info.total} images of ${info.name} (${info.part}), placed by their codes. Choose a point to take its image. Drag to move, turn the wheel to zoom.`
      : 'The images that the decoder draws over the plane of two latents. Choose a place to take its code.';
    this.canvas.setAttribute('aria-label', info
      ? 'Map of the images. Arrow keys go from image to image, enter takes one.'
      : 'Map of decoded images. Arrow keys move over the plane, enter takes the code.');
  }

  home() { this.view = { x: 0, y: 0, scale: 1 }; }

  /** Where each image stands on both axes. */
  place() {
    const { model } = this, codes = this.codes(model);
    this.axes = [byId('map-x').value, byId('map-y').value];
    this.points = null;
    if (codes) {
      const columns = this.axes.map(axis => this.column(axis, codes));
      // The plane covers all but the outermost points.
      this.range = columns.map(values => {
        const sorted = Float32Array.from(values).sort();
        const [low, high] = [sorted[Math.floor(0.005 * sorted.length)], sorted[Math.ceil(0.995 * sorted.length) - 1]];
        const margin = 0.08 * (high - low) || 1;
        return [low - margin, high + margin];
      });
      this.points = columns;
      this.colors = this.numbers(codes);
    } else this.range = [[-2.5, 2.5], [-2.5, 2.5]];
    this.showLegend();
    this.draw();
  }

  column(axis, codes) {
    const { model } = this, index = Number(axis.slice(1));
    if (axis[0] === 'z') return Float32Array.from({ length: codes.count }, (_, n) => codes.mean[n * model.continuous + index]);
    return principal(codes, model)[index];
  }

  /** The number of each point's color, and what the numbers mean. */
  numbers(codes) {
    const { model, info } = this, choice = byId('map-color').value;
    if (!choice) { this.names = []; return new Array(codes.count).fill(0); }
    if (choice === 'label') { this.names = info.classes; return info.labels; }
    const v = Number(choice.slice(1)), width = model.dimension - model.continuous;
    this.names = [...Array(model.discrete[v]).keys()].map(k => model.categoryName(v, k) || `category ${k}`);
    return [...Array(codes.count).keys()].map(n => model.category(v, codes.alpha, n * width - model.continuous));
  }

  color(k) {
    const count = this.names ? this.names.length : 1;
    if (count <= SERIES) return getComputedStyle(document.documentElement).getPropertyValue(`--s${k % SERIES}`);
    const isDark = app.isDark();
    return `hsl(${(360 * k / count + 205) % 360} ${k % 2 ? 62 : 78}% ${(isDark ? 64 : 42) + (k % 3 - 1) * 8}%)`;
  }

  showLegend() {
    const { names, points } = this;
    byId('map-legend').replaceChildren(...(points && names || []).slice(0, 60).map((name, k) => {
      const dot = element('span', { className: 'dot' });
      dot.style.background = this.color(k);
      return element('span', {}, dot, element('bdi', { textContent: name }));
    }));
  }

  // From the plane to the canvas and back; y grows upward on the plane.
  toCanvas(x, y) {
    const { width, height } = this.canvas, [[left, right], [bottom, top]] = this.range, { view } = this;
    return [
      ((x - left) / (right - left) - 0.5 - view.x) * view.scale * width + width / 2,
      ((top - y) / (top - bottom) - 0.5 - view.y) * view.scale * height + height / 2,
    ];
  }

  toPlane(px, py) {
    const { width, height } = this.canvas, [[left, right], [bottom, top]] = this.range, { view } = this;
    return [
      left + (right - left) * ((px - width / 2) / (view.scale * width) + 0.5 + view.x),
      top - (top - bottom) * ((py - height / 2) / (view.scale * height) + 0.5 + view.y),
    ];
  }

  draw() {
    const { canvas, model } = this, box = canvas.getBoundingClientRect();
    if (!box.width || !model || !this.range) return;
    const density = Math.min(devicePixelRatio || 1, 2);
    const [width, height] = [Math.round(box.width * density), Math.round(box.height * density)];
    if (canvas.width !== width || canvas.height !== height) { canvas.width = width; canvas.height = height; }
    const context = canvas.getContext('2d');
    context.clearRect(0, 0, width, height);
    const hasGrid = (!this.points || byId('map-grid').checked) && this.axes.every(axis => axis[0] === 'z') && this.axes[0] !== this.axes[1];
    if (hasGrid) this.drawGrid();
    if (this.points) this.drawPoints(context, density, hasGrid);
    this.drawHere(context, density);
  }

  /** The corner of cell (column, row) of the grid and the code in its middle. */
  cell(column, row) {
    const [[left, right], [bottom, top]] = this.range;
    const x = left + (right - left) * (column + 0.5) / GRID, y = top - (top - bottom) * (row + 0.5) / GRID;
    const code = this.model.code.slice();
    code[Number(this.axes[0].slice(1))] = x;
    code[Number(this.axes[1].slice(1))] = y;
    return { code, x, y };
  }

  async drawGrid() {
    const { model } = this, key = `${model.index} ${this.axes} ${this.range} ${model.code}`;
    const context = this.canvas.getContext('2d');
    if (this.gridKey !== key) {
      const round = this.gridRound = (this.gridRound || 0) + 1;
      const codes = [...Array(GRID * GRID).keys()].map(n => this.cell(n % GRID, Math.floor(n / GRID)).code);
      const images = await decodeMany(model, codes, () => app.active === model && this.gridRound === round);
      if (!images) return;
      this.grid = element('canvas', {});
      paintGrid(this.grid, images, model, GRID);
      this.gridKey = key;
      this.draw();
      return;
    }
    const [[left, right], [bottom, top]] = this.range;
    const [x0, y0] = this.toCanvas(left, top), [x1, y1] = this.toCanvas(right, bottom);
    context.imageSmoothingEnabled = false;
    context.globalAlpha = this.points ? 0.55 : 1;
    context.drawImage(this.grid, x0, y0, x1 - x0, y1 - y0);
    context.globalAlpha = 1;
  }

  drawPoints(context, density) {
    const [xs, ys] = this.points, size = 3.2 * density * Math.min(2, Math.sqrt(this.view.scale));
    const palette = this.names.length ? this.names.map((_, k) => this.color(k)) : [this.color(0)];
    for (let n = 0; n < xs.length; n++) {
      const [px, py] = this.toCanvas(xs[n], ys[n]);
      context.fillStyle = palette[this.colors[n]] || palette[0];
      context.beginPath();
      context.arc(px, py, n === this.hovered ? 2 * size : size, 0, 7);
      context.fill();
    }
  }

  /** A ring where the code above stands. */
  drawHere(context, density) {
    if (!this.axes.every(axis => axis[0] === 'z')) return;
    const [x, y] = this.axes.map(axis => this.model.code[Number(axis.slice(1))]), [px, py] = this.toCanvas(x, y);
    for (const [color, line] of [['--card', 5], ['--accent', 2.5]]) {
      context.strokeStyle = getComputedStyle(document.documentElement).getPropertyValue(color);
      context.lineWidth = line * density;
      context.beginPath();
      context.arc(px, py, 9 * density, 0, 7);
      context.stroke();
    }
  }

  codeChanged() {
    if (this.points && this.model !== app.active) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.draw(), 60);
  }

  at(event) {
    const box = this.canvas.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width * this.canvas.width, (event.clientY - box.top) / box.height * this.canvas.height];
  }

  nearest([px, py], reach = 24) {
    if (!this.points) return -1;
    const [xs, ys] = this.points;
    let best = -1, least = (reach * Math.min(devicePixelRatio || 1, 2)) ** 2;
    for (let n = 0; n < xs.length; n++) {
      const [x, y] = this.toCanvas(xs[n], ys[n]), distance = (x - px) ** 2 + (y - py) ** 2;
      if (distance < least) { least = distance; best = n; }
    }
    return best;
  }

  move(event) {
    const place = this.at(event);
    if (this.from) {
      const [dx, dy] = [place[0] - this.from[0], place[1] - this.from[1]];
      if (Math.hypot(dx, dy) > 6) this.moved = true;
      if (this.moved && this.points) {
        this.view.x = this.start.x - dx / (this.view.scale * this.canvas.width);
        this.view.y = this.start.y - dy / (this.view.scale * this.canvas.height);
        this.draw();
      }
      return;
    }
    this.hover(this.nearest(place));
  }

  hover(n) {
    if (n === this.hovered || !this.points) return;
    this.hovered = n;
    this.draw();
    if (n >= 0) this.showImage(n);
  }

  async showImage(n) {
    const { model, info } = this, image = this.image(n, model);
    const posterior = await app.calls.encode(model, image);
    const code = codeOf(model, posterior), redrawn = await app.calls.decode(model, code);
    if (this.hovered !== n || this.model !== model) return;
    byId('map-hover').hidden = false;
    paint(byId('map-image'), image, model);
    paint(byId('map-redrawn'), redrawn, model);
    const words = [];
    if (info.labels.length) words.push(info.classes[info.labels[n]]);
    if (model.discrete.length) words.push(model.categoryText(0, model.category(0, code)));
    byId('map-caption').textContent = `Image and reconstruction. ${words.join(', ')}`;
  }

  click(event) {
    if (!this.axes) return;
    const place = this.at(event), n = this.nearest(place);
    if (this.points && n >= 0) { this.takeImage(n); return; }
    if (this.axes.some(axis => axis[0] !== 'z')) return;
    this.takePlace(...this.toPlane(...place));
  }

  takeImage(n) {
    this.hover(n);
    app.drawing.show(this.image(n, this.model), this.model);
  }

  takePlace(x, y) {
    const code = this.model.code.slice();
    code[Number(this.axes[0].slice(1))] = x;
    code[Number(this.axes[1].slice(1))] = y;
    app.takeCode(code);
  }

  wheel(event) {
    if (!this.points) return;
    event.preventDefault();
    const [px, py] = this.at(event), before = this.toPlane(px, py);
    this.view.scale = Math.min(40, Math.max(1, this.view.scale * Math.exp(-event.deltaY / 400)));
    const [nx, ny] = this.toCanvas(...before);
    this.view.x += (nx - px) / (this.view.scale * this.canvas.width);
    this.view.y += (ny - py) / (this.view.scale * this.canvas.height);
    this.draw();
  }

  key(event) {
    if (!this.axes) return;
    const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const direction = moves[event.key];
    if (event.key === '+' || event.key === '-') {
      this.view.scale = Math.min(40, Math.max(1, this.view.scale * (event.key === '+' ? 1.3 : 1 / 1.3)));
      this.draw();
    } else if (event.key === 'Enter' && this.points && this.hovered >= 0) this.takeImage(this.hovered);
    else if (direction && this.points) {
      event.preventDefault();
      const [xs, ys] = this.points, from = this.hovered >= 0 ? this.hovered : 0;
      const [px, py] = this.toCanvas(xs[from], ys[from]);
      let best = -1, least = Infinity;
      for (let n = 0; n < xs.length; n++) {
        const [x, y] = this.toCanvas(xs[n], ys[n]), along = (x - px) * direction[0] + (y - py) * direction[1];
        const across = Math.abs((x - px) * direction[1]) + Math.abs((y - py) * direction[0]);
        if (n !== from && along > 2 && along + 2 * across < least) { least = along + 2 * across; best = n; }
      }
      if (best >= 0) this.hover(best);
    } else if (direction && this.axes.every(axis => axis[0] === 'z')) {
      event.preventDefault();
      const here = this.axes.map(axis => this.model.code[Number(axis.slice(1))]);
      this.takePlace(here[0] + 0.25 * direction[0], here[1] - 0.25 * direction[1]);
    }
  }

  /** The images whose codes are nearest to the drawing's, by z in units of the prior and by category. */
  nearestImages(posterior, many = 6) {
    const { model } = this, codes = this.codes(model);
    if (!codes) return [];
    const width = model.dimension - model.continuous;
    const distances = [...Array(codes.count).keys()].map(n => {
      let sum = 0;
      for (let i = 0; i < model.continuous; i++) sum += (codes.mean[n * model.continuous + i] - posterior.mean[i]) ** 2;
      for (let k = 0; k < width; k++) sum += 4 * (codes.alpha[n * width + k] - posterior.alpha[k]) ** 2;
      return [sum, n];
    });
    return distances.sort((a, b) => a[0] - b[0]).slice(0, many).map(([, n]) => n);
  }
}

/** z its mean, every c its most probable category. */
function codeOf(model, posterior) {
  const code = new Float32Array(model.dimension);
  code.set(posterior.mean);
  model.discrete.forEach((_, v) => model.setCategory(v, model.category(v, posterior.alpha, -model.continuous), code));
  return code;
}

/** The first two principal components of z and of alpha, which counts three times so that categories stand apart; by power iteration. */
function principal(codes, model) {
  if (codes.principal) return codes.principal;
  const width = model.dimension - model.continuous, size = model.dimension, { count } = codes;
  const rows = new Float32Array(count * size), means = new Float64Array(size);
  for (let n = 0; n < count; n++) {
    rows.set(codes.mean.subarray(n * model.continuous, (n + 1) * model.continuous), n * size);
    for (let k = 0; k < width; k++) rows[n * size + model.continuous + k] = 3 * codes.alpha[n * width + k];
    for (let i = 0; i < size; i++) means[i] += rows[n * size + i] / count;
  }
  const covariance = [...Array(size)].map(() => new Float64Array(size));
  for (let n = 0; n < count; n++) for (let i = 0; i < size; i++) {
    const a = rows[n * size + i] - means[i];
    for (let j = 0; j <= i; j++) covariance[i][j] += a * (rows[n * size + j] - means[j]) / count;
  }
  for (let i = 0; i < size; i++) for (let j = 0; j < i; j++) covariance[j][i] = covariance[i][j];
  const found = [];
  for (let p = 0; p < 2; p++) {
    let direction = Float64Array.from({ length: size }, (_, i) => Math.cos(i + p));
    for (let step = 0; step < 200; step++) {
      for (const other of found) {
        const dot = direction.reduce((sum, value, i) => sum + value * other[i], 0);
        direction = direction.map((value, i) => value - dot * other[i]);
      }
      const next = covariance.map(row => row.reduce((sum, value, i) => sum + value * direction[i], 0));
      const length = Math.hypot(...next) || 1;
      direction = Float64Array.from(next, value => value / length);
    }
    found.push(direction);
  }
  codes.principal = found.map(direction => Float32Array.from({ length: count }, (_, n) => {
    let sum = 0;
    for (let i = 0; i < size; i++) sum += (rows[n * size + i] - means[i]) * direction[i];
    return sum;
  }));
  return codes.principal;
}
