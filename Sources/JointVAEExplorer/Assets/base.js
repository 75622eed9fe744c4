// What the page knows, and how it asks for numbers.

const byId = id => document.getElementById(id);
const textOf = id => (byId(id) || {}).textContent || '';

/** An element with properties and children. */
function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in made && key !== 'list') made[key] = value; else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** A button that is an icon, with a name for readers of the screen. */
function iconButton(icon, label, pressed) {
  const button = element('button', { type: 'button', className: `icon ${icon}`, title: label });
  button.setAttribute('aria-label', label);
  if (pressed !== undefined) button.setAttribute('aria-pressed', pressed);
  return button;
}

const contents = JSON.parse(textOf('contents'));
const pristine = byId('app').innerHTML;
// A minus sign, and none before zeros.
const number = (value, digits = 2) => value.toFixed(digits).replace(/^-(?=[0.]*$)/, '').replace('-', '\u2212');
const nats = value => `${number(Math.max(value, 0))} nats`;
const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;

/** A model and what the page is doing with it. */
class Model {
  constructor(info, index) {
    Object.assign(this, info);
    this.index = index;
    this.values = this.height * this.width * this.channels;
    this.starts = [];
    let start = this.continuous;
    for (const categories of this.discrete) { this.starts.push(start); start += categories; }
    this.dimension = start;
    /** The code that the decoder draws: z, then every c. */
    this.code = this.center();
    this.locked = new Set();
    /** What the encoder said of the drawing; null before the first one. */
    this.posterior = null;
    this.picture = null;
    this.seen = null;
    // Latents by what they tell, most first.
    this.order = [...Array(this.continuous).keys()].sort((a, b) => this.divergences[b] - this.divergences[a]);
    const active = this.order.filter(i => this.divergences[i] > 0.1);
    this.active = active.length ? active : this.order.slice(0, 4);
    this.labels = this.labels || {};
  }

  /** z = 0 and the first category of every c. */
  center() {
    const code = new Float32Array(this.dimension);
    for (const start of this.starts) code[start] = 1;
    return code;
  }

  /** A draw from the prior; `category` keeps the first c. */
  draw(category = -1) {
    const code = new Float32Array(this.dimension);
    for (let i = 0; i < this.continuous; i++) code[i] = normal();
    this.discrete.forEach((count, v) => {
      const chosen = v === 0 && category >= 0 ? category : Math.floor(Math.random() * count);
      code[this.starts[v] + chosen] = 1;
    });
    return code;
  }

  /** The most probable category of c `variable` in a code or in probabilities that begin at `offset`. */
  category(variable, code = this.code, offset = 0) {
    const start = this.starts[variable] + offset;
    let best = 0;
    for (let k = 1; k < this.discrete[variable]; k++) if (code[start + k] > code[start + best]) best = k;
    return best;
  }

  setCategory(variable, category, code = this.code) {
    const start = this.starts[variable];
    code.fill(0, start, start + this.discrete[variable]);
    code[start + category] = 1;
  }

  latentName(i) { return this.labels[`z${i}`] || `z${i}`; }

  categoryName(variable, k) {
    const given = this.labels[`c${variable}:${k}`];
    return given || variable === 0 && this.categories[k] || '';
  }

  /** The category in words: its name and its number. */
  categoryText(variable, k) {
    const name = this.categoryName(variable, k);
    return name ? `${name} (category ${k})` : `category ${k}`;
  }

  /** Takes over what the encoder said, but for what is locked: means, and most probable categories. */
  take(posterior) {
    this.posterior = posterior;
    for (let i = 0; i < this.continuous; i++) if (!this.locked.has(`z${i}`)) this.code[i] = posterior.mean[i];
    this.discrete.forEach((_, v) => {
      if (!this.locked.has(`c${v}`)) this.setCategory(v, this.category(v, posterior.alpha, -this.continuous));
    });
  }
}

/** A number of the standard normal distribution (Box and Muller 1958). */
function normal() {
  return Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
}

/** Calls the engine in a worker, or here where a browser has none. */
class Calls {
  static async start() {
    const calls = new Calls();
    try {
      const address = URL.createObjectURL(new Blob([textOf('engine')], { type: 'text/javascript' }));
      calls.worker = new Worker(address);
      calls.waiting = new Map();
      calls.next = 0;
      calls.worker.onmessage = ({ data: { id, result, error } }) => {
        const { resolve, reject } = calls.waiting.get(id);
        calls.waiting.delete(id);
        if (error === undefined) resolve(result); else reject(new Error(error));
      };
      calls.worker.onerror = event => {
        event.preventDefault();
        for (const { reject } of calls.waiting.values()) reject(new Error('worker'));
        calls.waiting.clear();
      };
      await calls.boot();
    } catch (error) {
      if (typeof WebAssembly === 'undefined') throw new Error('no WebAssembly');
      calls.worker = null;
      calls.server = JointVAEEngine.server();
      await calls.boot();
    }
    return calls;
  }

  async boot() {
    const vector = JointVAEEngine.bytes(textOf('engine-vector'));
    const scalar = JointVAEEngine.bytes(textOf('engine-scalar'));
    this.isVector = await this.call('start', vector, scalar);
  }

  call(name, ...values) {
    if (!this.worker) return this.server[name](...values);
    return new Promise((resolve, reject) => {
      const id = this.next++;
      this.waiting.set(id, { resolve, reject });
      this.worker.postMessage({ id, name, values });
    });
  }

  add(model) {
    const data = JointVAEEngine.bytes(textOf(`weights-${model.index}`));
    const { height, width, channels, continuous, discrete, layers, bits, weightCount } = model;
    const info = { height, width, channels, continuous, discrete, layers, bits, weightCount };
    return this.call('add', model.index, info, data.buffer);
  }

  encode(model, images) { return this.call('encode', model.index, images); }
  decode(model, vectors) { return this.call('decode', model.index, vectors); }
}

/** Draws an image of a model, 0 to 1, into a canvas of its size. */
function paint(canvas, values, model, place = 0) {
  const { height, width, channels } = model;
  if (canvas.width !== width || canvas.height !== height) { canvas.width = width; canvas.height = height; }
  canvas.classList.toggle('see-through', hasAlpha(model));
  canvas.getContext('2d').putImageData(pixels(values, model, place), 0, 0);
}

/** Whether the last channel of a model's images is alpha. */
function hasAlpha({ channels }) { return channels === 2 || channels === 4; }

/** Image number `place` of `values` as the pixels of a canvas. */
function pixels(values, { height, width, channels }, place = 0) {
  const result = new ImageData(width, height), start = place * height * width * channels, alpha = hasAlpha({ channels });
  for (let i = 0; i < height * width; i++) {
    const at = start + i * channels;
    // The array rounds.
    for (let c = 0; c < 3; c++) result.data[4 * i + c] = 255 * values[at + (channels >= 3 ? c : 0)];
    result.data[4 * i + 3] = 255 * (alpha ? values[at + channels - 1] : 1);
  }
  return result;
}

/** Images side by side in one canvas: `columns` in a row. */
function paintGrid(canvas, values, model, columns) {
  const count = values.length / model.values, rows = Math.ceil(count / columns);
  canvas.width = columns * model.width;
  canvas.height = rows * model.height;
  canvas.classList.toggle('see-through', hasAlpha(model));
  const context = canvas.getContext('2d');
  for (let n = 0; n < count; n++) {
    context.putImageData(pixels(values, model, n), n % columns * model.width, Math.floor(n / columns) * model.height);
  }
}

/** How far two images of a model are from each other, as an image that is not transparent anywhere. */
function differenceOf(some, others, model) {
  if (!hasAlpha(model)) return some.map((value, i) => Math.abs(value - others[i]));
  const { channels } = model, last = channels - 1;
  return some.map((value, i) => {
    const c = i % channels, alpha = i - c + last;
    if (c === last) return 1;
    // Of what is transparent in both, no color is seen.
    return Math.max(Math.abs(value * some[alpha] - others[i] * others[alpha]), Math.abs(some[alpha] - others[alpha]));
  });
}

/** Decodes many codes a few at a time, so that what a reader does meanwhile comes first. */
async function decodeMany(model, codes, isWanted = () => true) {
  const result = new Float32Array(codes.length * model.values);
  for (let first = 0; first < codes.length; first += 8) {
    const some = codes.slice(first, first + 8);
    const vectors = new Float32Array(some.length * model.dimension);
    some.forEach((code, n) => vectors.set(code, n * model.dimension));
    while (app.isBusy) await new Promise(done => setTimeout(done, 4));
    if (!isWanted()) return null;
    result.set(await app.calls.decode(model, vectors), first * model.values);
  }
  return result;
}
