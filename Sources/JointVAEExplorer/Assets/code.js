// Sliders of the continuous latents and buttons of the categories.

// What a slider spans: nearly all of the prior, which is normal with deviation 1.
const REACH = 3;
const STRIP = 9;

class CodePanel {
  constructor(model) {
    this.model = model;
    this.sliders = new Map();
    this.choices = [];
    this.playing = null;
    this.build();
  }

  build() {
    const { model } = this;
    byId('code-note').textContent = this.explanation();
    byId('categories').replaceChildren(...model.discrete.map((_, v) => this.variable(v)));
    const active = model.active, idle = model.order.filter(i => !active.includes(i));
    const list = byId('latents');
    list.replaceChildren(...active.map(i => this.latent(i)));
    if (idle.length) {
      const details = element(
        'details', {},
        element('summary', { textContent: `${idle.length} latents that carry almost nothing` }), ...idle.map(i => this.latent(i)));
      details.ontoggle = () => { if (details.open) this.drawStrips(); };
      list.append(details);
    }
  }

  explanation() {
    const { continuous, discrete } = this.model;
    const parts = [];
    if (discrete.length) parts.push(discrete.map(count => `one choice of ${count}`).join(', '));
    if (continuous) parts.push(continuous === 1 ? 'one number' : `${continuous} numbers`);
    return `The code is ${parts.join(' and ')}. The bar under a slider shows where the encoder places the drawing, and how sure it is.`;
  }

  /** The buttons of one discrete variable. */
  variable(v) {
    const { model } = this, count = model.discrete[v];
    const group = element('div', { className: count <= 10 ? 'choices few' : 'choices', role: 'group' });
    group.setAttribute('aria-label', `Categories of c${v}`);
    const buttons = [...Array(count).keys()].map(k => {
      const canvas = element('canvas', { className: 'pixels' }), bar = element('span', { className: 'bar' });
      canvas.setAttribute('aria-hidden', 'true');
      const label = element('span', { className: 'choice-name', textContent: model.categoryName(v, k) || k });
      const button = element('button', { type: 'button', className: 'choice' }, canvas, label, bar);
      button.onclick = () => { model.setCategory(v, k); this.choose(v); };
      group.append(button);
      return { button, canvas, bar, label };
    });
    this.choices[v] = buttons;
    const lock = iconButton('lock', `Lock c${v}`, false);
    lock.onclick = () => this.toggleLock(`c${v}`, lock);
    const title = element('h3', { textContent: model.discrete.length > 1 ? `c${v}: category` : 'Category' });
    const kl = element('small', { textContent: nats(model.discreteDivergences[v] || 0) });
    kl.title = `KL ${model.divergenceSource}; the most it can be is ${nats(Math.log(count))}`;
    return element('div', { className: 'variable' }, element('div', { className: 'latent-head' }, title, kl, lock), group);
  }

  choose(v) {
    this.show();
    app.update('code', { kind: 'c', variable: v });
  }

  toggleLock(name, button) {
    const { locked } = this.model;
    if (!locked.delete(name)) locked.add(name);
    button.setAttribute('aria-pressed', locked.has(name));
  }

  /** The row of one continuous latent. */
  latent(i) {
    const { model } = this, name = model.latentName(i);
    const range = element('input', { type: 'range', min: -REACH, max: REACH, step: 0.01, value: 0 });
    range.setAttribute('aria-label', name);
    const value = element('output', { textContent: '0.00' });
    const strip = element('canvas', { className: 'pixels strip' }), band = element('span', { className: 'band' });
    const mean = element('span', { className: 'mean' });
    strip.setAttribute('aria-hidden', 'true');
    const kl = element('small', { textContent: nats(model.divergences[i]) });
    kl.title = `KL ${model.divergenceSource}`;
    const lock = iconButton('lock', `Lock ${name}`, model.locked.has(`z${i}`));
    lock.onclick = () => this.toggleLock(`z${i}`, lock);
    const play = iconButton('play', `Animate ${name}`, false);
    play.onclick = () => this.play(i, play);
    range.oninput = () => {
      this.stop();
      model.code[i] = Number(range.value);
      this.showValue(i);
      app.update('code', { kind: 'z', index: i });
    };
    range.ondblclick = () => { range.value = 0; range.oninput(); };
    const title = element('span', { className: 'latent-name', textContent: name });
    this.sliders.set(i, { range, value, strip, band, mean, title, lock, play });
    return element(
      'div', { className: 'latent' }, element('div', { className: 'latent-head' }, title, kl, value, play, lock),
      element('div', { className: 'track' }, strip, range, element('span', { className: 'posterior' }, band, mean)));
  }

  /** Takes the latent to and fro until the reader stops it. */
  play(i, button) {
    const wasPlaying = this.playing;
    this.stop();
    if (wasPlaying === i) return;
    this.playing = i;
    button.setAttribute('aria-pressed', 'true');
    const start = performance.now(), from = Math.asin(Math.max(-1, Math.min(1, this.model.code[i] / 2)));
    const step = time => {
      if (this.playing !== i) return;
      this.model.code[i] = 2 * Math.sin(from + (time - start) / 900);
      this.showValue(i);
      if (!app.isBusy) app.update('code', { kind: 'z', index: i });
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }

  stop() {
    if (this.playing === null) return;
    this.sliders.get(this.playing).play.setAttribute('aria-pressed', 'false');
    this.playing = null;
  }

  showValue(i) {
    const { range, value } = this.sliders.get(i), z = this.model.code[i];
    range.value = z;
    value.textContent = number(z);
    range.setAttribute('aria-valuetext', `${number(z)} deviations of the prior`);
  }

  /** Brings all controls up to date with the code and with what the encoder said. */
  show() {
    const { model } = this, { posterior } = model;
    for (const [i, { band, mean }] of this.sliders) {
      this.showValue(i);
      if (!posterior) continue;
      const center = posterior.mean[i], deviation = Math.exp(posterior.logVariance[i] / 2);
      const place = z => 50 + 50 * Math.max(-REACH, Math.min(REACH, z)) / REACH;
      band.style.left = `${place(center - deviation)}%`;
      band.style.width = `${Math.max(place(center + deviation) - place(center - deviation), 0.5)}%`;
      mean.style.left = `${place(center)}%`;
      mean.parentNode.title = `Mean ${number(center)}, deviation ${number(deviation)}, KL ${nats(posterior.divergences[i])}`;
    }
    this.choices.forEach((buttons, v) => {
      const chosen = model.category(v), start = model.starts[v] - model.continuous;
      buttons.forEach(({ button, bar, label }, k) => {
        const share = posterior ? posterior.alpha[start + k] : 0;
        bar.style.width = `${100 * share}%`;
        label.textContent = model.categoryName(v, k) || k;
        button.setAttribute('aria-pressed', k === chosen);
        button.setAttribute(
          'aria-label', model.categoryText(v, k) + (posterior ? `, probability ${Math.round(100 * share)} percent` : ''));
        button.title = model.categoryText(v, k) + (posterior ? `: ${(100 * share).toFixed(1)} %` : '');
      });
    });
  }

  /** A picture on each button: the category at the center of z. */
  async drawPrototypes() {
    const { model } = this;
    for (const [v, buttons] of this.choices.entries()) {
      const codes = buttons.map((_, k) => {
        const code = model.center();
        model.setCategory(v, k, code);
        return code;
      });
      const images = await decodeMany(model, codes, () => app.panel === this);
      if (!images) return;
      buttons.forEach(({ canvas }, k) => paint(canvas, images, model, k));
    }
  }

  /** What the picture would be at other values, behind every slider that is on the page. */
  async drawStrips() {
    const { model } = this, round = this.round = (this.round || 0) + 1;
    for (const [i, { strip }] of this.sliders) {
      if (!strip.offsetParent) continue;
      const codes = [...Array(STRIP).keys()].map(k => {
        const code = model.code.slice();
        code[i] = REACH * (2 * (k + 0.5) / STRIP - 1);
        return code;
      });
      const images = await decodeMany(model, codes, () => app.panel === this && this.round === round);
      if (!images) return;
      paintGrid(strip, images, model, STRIP);
    }
  }
}

/** Fields for the names of latents and categories. */
function buildNames(model) {
  const field = (key, label, value) => {
    const input = element('input', { type: 'text', value, maxLength: 60 });
    input.setAttribute('aria-label', `Name of ${label}`);
    input.oninput = () => {
      const text = input.value.trim();
      if (text) model.labels[key] = text; else delete model.labels[key];
      app.nameChanged();
    };
    return element('label', {}, element('span', { textContent: label }), input);
  };
  const fields = model.order.map(i => field(`z${i}`, `z${i}`, model.labels[`z${i}`] || ''));
  model.discrete.forEach((count, v) => {
    for (let k = 0; k < count; k++) {
      const label = model.discrete.length > 1 ? `c${v} ${k}` : `category ${k}`;
      fields.push(field(`c${v}:${k}`, label, model.categoryName(v, k)));
    }
  });
  byId('names').replaceChildren(...fields);
}

/** The page as it was written, with the names that were given since. */
function savePage() {
  for (const model of app.models) contents.models[model.index].labels = model.labels;
  const copy = document.documentElement.cloneNode(true);
  copy.removeAttribute('data-theme');
  copy.removeAttribute('data-begun');
  copy.querySelector('#app').innerHTML = pristine;
  copy.querySelector('#contents').textContent = JSON.stringify(contents).replace(/</g, '\\u003c');
  const address = URL.createObjectURL(new Blob([`<!DOCTYPE html>\n${copy.outerHTML}\n`], { type: 'text/html' }));
  const link = element('a', { href: address, download: `${contents.title.replace(/[^\w.-]+/g, '-').slice(0, 60) || 'explorer'}.html` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
}
