// Pictures of many codes: what each latent does, invented images, walks between codes, models side by side.

/** Every latent that tells something, moving. */
class Movies {
  constructor() {
    this.frame = 0;
    this.clips = [];
    const pause = byId('moving-pause');
    this.isPaused = calm;
    pause.onclick = () => {
      this.isPaused = !this.isPaused;
      this.showPause();
    };
    this.showPause();
    if ('IntersectionObserver' in window) {
      new IntersectionObserver(([entry]) => {
        this.isVisible = entry.isIntersecting;
        if (this.isVisible && this.isStale) this.draw();
      }).observe(byId('moving'));
    } else this.isVisible = true;
    setInterval(() => this.tick(), 110);
  }

  showPause() {
    const pause = byId('moving-pause');
    pause.textContent = this.isPaused ? 'Play' : 'Pause';
    pause.setAttribute('aria-pressed', this.isPaused);
  }

  build(model) {
    this.model = model;
    const clips = model.active.map(i => ({ label: model.latentName(i), codes: () => this.sweep(i) }));
    model.discrete.forEach((count, v) => {
      if (count < 2) return;
      clips.unshift({
        label: model.discrete.length > 1 ? `c${v}` : 'category', isSteps: true,
        codes: () => [...Array(count).keys()].map(k => {
          const code = model.code.slice();
          model.setCategory(v, k, code);
          return code;
        }),
      });
    });
    byId('movies').replaceChildren(...clips.map(clip => {
      clip.canvas = element('canvas', { className: 'pixels', role: 'img', width: model.width, height: model.height });
      clip.canvas.setAttribute('aria-label', `The picture while ${clip.label} changes`);
      return element('figure', {}, clip.canvas, element('figcaption', { textContent: clip.label }));
    }));
    this.clips = clips;
    this.draw();
  }

  sweep(i) {
    return [...Array(16).keys()].map(k => {
      const code = this.model.code.slice();
      code[i] = 2.2 * Math.sin(Math.PI * (k / 15 - 0.5));
      return code;
    });
  }

  changed() {
    if (!this.model) return;
    this.isStale = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { if (this.isVisible) this.draw(); }, 250);
  }

  async draw() {
    this.isStale = false;
    const { clips } = this, round = this.round = (this.round || 0) + 1;
    for (const clip of clips) {
      const images = await decodeMany(this.model, clip.codes(), () => this.clips === clips && this.round === round);
      if (!images) return;
      clip.images = images;
      clip.count = images.length / this.model.values;
      if (!clip.isPainted || this.isPaused) paint(clip.canvas, images, this.model, clip.count >> 1);
      clip.isPainted = true;
    }
  }

  tick() {
    if (this.isPaused || !this.isVisible) return;
    this.frame++;
    for (const clip of this.clips) {
      if (!clip.images) continue;
      const length = 2 * clip.count - 2, at = this.frame % length;
      const place = clip.isSteps ? Math.floor(this.frame / 5) % clip.count : at < clip.count ? at : length - at;
      paint(clip.canvas, clip.images, this.model, place);
    }
  }
}

/** Images of random codes. */
class Samples {
  constructor() {
    byId('sample-again').onclick = () => this.draw();
    byId('sample-source').onchange = byId('sample-category').onchange = () => this.draw();
  }

  build(model) {
    this.model = model;
    const options = [['prior', 'from the prior']];
    if (app.map && app.map.codes(model)) options.push(['posterior', 'near those of the data set']);
    byId('sample-source').replaceChildren(...options.map(([value, text]) => element('option', { value, textContent: text })));
    const count = model.discrete[0] || 0;
    byId('sample-category-label').hidden = count < 2;
    byId('sample-category').replaceChildren(
      element('option', { value: -1, textContent: 'any' }),
      ...[...Array(count).keys()].map(k => element('option', { value: k, textContent: model.categoryText(0, k) })));
    this.draw();
  }

  /** A code near that of an image of the data set: a draw from the aggregated posterior. */
  near() {
    const { model } = this, codes = app.map.codes(model), code = new Float32Array(model.dimension);
    const n = Math.floor(Math.random() * codes.count);
    for (let i = 0; i < model.continuous; i++) {
      const at = n * model.continuous + i;
      code[i] = codes.mean[at] + Math.exp(codes.logVariance[at] / 2) * normal();
    }
    const width = model.dimension - model.continuous;
    model.discrete.forEach((count, v) => {
      let rest = Math.random(), k = 0;
      const start = n * width + model.starts[v] - model.continuous;
      while (k < count - 1 && (rest -= codes.alpha[start + k]) > 0) k++;
      model.setCategory(v, k, code);
    });
    return code;
  }

  async draw() {
    const { model } = this, category = Number(byId('sample-category').value);
    const isPrior = byId('sample-source').value !== 'posterior';
    const round = this.round = (this.round || 0) + 1;
    const codes = [...Array(24).keys()].map(() => {
      const code = isPrior ? model.draw(category) : this.near();
      if (category >= 0) model.setCategory(0, category, code);
      return code;
    });
    const images = await decodeMany(model, codes, () => this.round === round);
    if (!images) return;
    byId('sample-wall').replaceChildren(...codes.map((code, n) => {
      const canvas = element('canvas', { className: 'pixels' });
      canvas.setAttribute('aria-hidden', 'true');
      paint(canvas, images, model, n);
      const button = element('button', { type: 'button', className: 'tile' }, canvas);
      const name = model.discrete.length ? `, ${model.categoryText(0, model.category(0, code))}` : '';
      button.setAttribute('aria-label', `Take the code of image ${n + 1}${name}`);
      button.onclick = () => app.takeCode(code);
      return button;
    }));
  }
}

/** From one code to another, and one's z with the other's category. */
class Blend {
  constructor() {
    byId('keep-a').onclick = () => { this.a = app.active.code.slice(); this.draw(); };
    byId('keep-b').onclick = () => { this.b = app.active.code.slice(); this.draw(); };
    byId('blend-range').oninput = () => { this.stop(); this.take(); };
    byId('walk').onclick = () => this.walk();
  }

  build(model) {
    this.model = model;
    this.stop();
    this.a = model.code.slice();
    this.b = model.draw();
    byId('mixes').hidden = !model.discrete.length || !model.continuous;
    this.draw();
  }

  at(share) { return this.a.map((value, i) => (1 - share) * value + share * this.b[i]); }

  mix(z, c) {
    const code = c.slice();
    code.set(z.subarray(0, this.model.continuous));
    return code;
  }

  async draw() {
    const { model, a, b } = this, steps = 9;
    const codes = [a, b, this.mix(a, b), this.mix(b, a), ...[...Array(steps).keys()].map(k => this.at(k / (steps - 1)))];
    const round = this.round = (this.round || 0) + 1;
    const images = await decodeMany(model, codes, () => this.round === round);
    if (!images) return;
    ['blend-a', 'blend-b', 'mix-a', 'mix-b'].forEach((id, n) => paint(byId(id), images, model, n));
    paintGrid(byId('blend-strip'), images.subarray(4 * model.values), model, steps);
  }

  take() { app.takeCode(this.at(Number(byId('blend-range').value))); }

  walk() {
    if (this.isWalking) { this.stop(); return; }
    this.isWalking = true;
    byId('walk').setAttribute('aria-pressed', 'true');
    const start = performance.now();
    const step = time => {
      if (!this.isWalking) return;
      byId('blend-range').value = 0.5 - 0.5 * Math.cos((time - start) / 900);
      if (!app.isBusy) this.take();
      requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }

  stop() {
    this.isWalking = false;
    byId('walk').setAttribute('aria-pressed', 'false');
  }
}

/** Models in columns: what each sees in the drawing, and draws of it. */
class Comparison {
  constructor(models) {
    byId('compare').hidden = models.length < 2;
    this.columns = models.map(model => {
      const picture = element('canvas', { className: 'pixels', role: 'img' });
      picture.setAttribute('aria-label', `What ${model.name} draws`);
      const choice = element('canvas', { className: 'pixels small', role: 'img' });
      choice.setAttribute('aria-label', `Category that ${model.name} chooses`);
      const facts = element('dl', { className: 'facts' });
      const use = element('button', { type: 'button', textContent: 'Explore it' });
      use.setAttribute('aria-label', `Explore ${model.name}`);
      use.onclick = () => app.choose(model);
      byId('compare-columns').append(element(
        'div', { className: 'column' }, element('h3', {}, element('bdi', { textContent: model.name })), picture, facts, use));
      return { model, picture, facts };
    });
  }

  show() {
    for (const { model, picture, facts } of this.columns) {
      if (model.picture) paint(picture, model.picture, model);
      const rows = [['Latents', `${model.continuous} + [${model.discrete.join(', ')}]`]];
      if (model.loss) rows.push(['Loss', model.loss]);
      rows.push(...factsOf(model));
      showFacts(facts, rows);
    }
  }
}

/** What is worth knowing of a model's view of the drawing. */
function factsOf(model) {
  const { posterior, seen, picture } = model, rows = [];
  if (!posterior) return rows;
  model.discrete.forEach((_, v) => {
    const k = model.category(v, posterior.alpha, -model.continuous);
    const share = posterior.alpha[model.starts[v] - model.continuous + k];
    rows.push([model.discrete.length > 1 ? `c${v}` : 'Category', `${model.categoryName(v, k) || k}, ${(100 * share).toFixed(share > 0.9995 ? 0 : 1)} %`]);
  });
  const sum = (from, to) => posterior.divergences.slice(from, to).reduce((a, b) => a + b, 0);
  if (model.continuous) rows.push(['KL of z', nats(sum(0, model.continuous))]);
  if (model.discrete.length) rows.push(['KL of c', nats(sum(model.continuous))]);
  if (seen && picture) {
    let error = 0;
    for (let i = 0; i < seen.length; i++) error += Math.abs(seen[i] - picture[i]);
    rows.push(['Mean difference', `${number(100 * error / seen.length, 1)} %`]);
  }
  return rows;
}

function showFacts(list, rows) {
  list.replaceChildren(...rows.flatMap(([name, value]) =>
    [element('dt', { textContent: name }), element('dd', { textContent: value })]));
}
