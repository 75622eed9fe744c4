// Begins the page, and keeps drawing, code and picture together.

const app = {
  models: contents.models.map((info, index) => new Model(info, index)),
  isBusy: false,
  wanted: null,

  /** Brings codes and pictures up to date after the drawing, or a code, has changed. */
  async update(what, change) {
    if (!this.panel) return;
    if (this.wanted !== 'drawing') this.wanted = what;
    if (change) this.change = change;
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      while (this.wanted) {
        const wanted = this.wanted, { change: changed } = this;
        this.wanted = this.change = null;
        if (wanted === 'drawing') await this.encode(); else this.share(changed);
        for (const model of this.models) model.picture = await this.calls.decode(model, model.code);
        this.show(wanted);
      }
    } catch (error) {
      fail(error);
    } finally {
      this.isBusy = false;
    }
    this.settle();
  },

  async encode() {
    for (const model of this.models) {
      model.seen = this.drawing.image(model);
      model.take(await this.calls.encode(model, model.seen));
    }
    if (!this.drawing.isDrawn) byId('draw-note').textContent = '';
  },

  /** Gives the other models the value of a latent that they have, too. */
  share(change) {
    const { active } = this;
    if (!change) return;
    for (const model of this.models) {
      if (model === active) continue;
      if (change.kind === 'z' && change.index < model.continuous) model.code[change.index] = active.code[change.index];
      if (change.kind === 'c' && model.discrete[change.variable] === active.discrete[change.variable]) {
        model.setCategory(change.variable, active.category(change.variable));
      }
    }
  },

  show(what) {
    const { active } = this;
    paint(byId('picture'), active.picture, active);
    paint(byId('floating'), active.picture, active);
    if (active.seen) {
      paint(byId('seen'), active.seen, active);
      paint(byId('difference'), differenceOf(active.picture, active.seen, active), active);
    }
    this.panel.show();
    showFacts(byId('facts'), factsOf(active));
    if (this.models.length > 1) this.comparison.show();
    this.map.codeChanged();
    this.movies.changed();
    if (what === 'drawing') this.showNearest();
  },

  showNearest() {
    const { active, map } = this, found = active.posterior ? map.nearestImages(active.posterior) : [];
    byId('nearest').hidden = !found.length;
    const key = found.join();
    if (this.nearestKey === key) return;
    this.nearestKey = key;
    byId('nearest-images').replaceChildren(...found.map(n => {
      const canvas = element('canvas', { className: 'pixels' }), button = element('button', { type: 'button', className: 'tile' }, canvas);
      paint(canvas, map.image(n, active), active);
      button.setAttribute('aria-label', `Take image ${n + 1}`);
      button.onclick = () => map.takeImage(n);
      return button;
    }));
  },

  /** What takes longer waits until the reader pauses. */
  settle() {
    clearTimeout(this.settling);
    this.settling = setTimeout(() => this.panel.drawStrips(), 90);
  },

  takeCode(code) {
    this.active.code = Float32Array.from(code);
    this.update('code', { kind: 'all' });
  },

  async choose(model) {
    this.active = model;
    if (this.panel) this.panel.stop();
    this.panel = new CodePanel(model);
    this.drawing.fit(model);
    byId('ink-label').hidden = model.channels < 3;
    byId('paper').setAttribute('aria-label', 'Drawing. Arrow keys move the pen, space lowers or lifts it, escape clears.');
    document.querySelectorAll('#tabs button').forEach((tab, index) => tab.setAttribute('aria-checked', index === model.index));
    introduce(model);
    buildNames(model);
    this.nearestKey = '';
    await this.update('drawing');
    await this.panel.drawPrototypes();
    if (this.active !== model) return;
    this.blend.build(model);
    this.movies.build(model);
    this.samples.build(model);
    this.map.build(model);
  },

  nameChanged() {
    const { active } = this;
    for (const [i, { title, range }] of this.panel.sliders) {
      title.textContent = active.latentName(i);
      range.setAttribute('aria-label', active.latentName(i));
    }
    this.panel.show();
  },

  isDark() {
    const chosen = document.documentElement.dataset.theme;
    return chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  },
};

function introduce(model) {
  const set = model.dataSet ? ` from ${model.dataSet}` : '';
  byId('introduction').textContent =
    `${model.name} is a model of ${model.parameters.toLocaleString('en-US')} numbers that learned images${set} without labels. `
    + 'Draw something. The encoder turns it into a short code, and the decoder draws the code again.';
}

function fail(error) {
  const notice = byId('notice');
  const text = String(error && error.message || error);
  notice.textContent = text.includes('WebAssembly')
    ? 'This browser cannot run WebAssembly, which this page computes with. Open the page in a newer browser, or allow it.'
    : text.includes('not complete') || text.includes('atob') || text.includes('decode')
      ? 'This file is damaged: the numbers of a model are not complete. Write it again, or copy it again.'
      : `The page cannot compute: ${text}.`;
  notice.hidden = false;
  byId('main').hidden = true;
}

function connectTheme() {
  const button = byId('theme');
  const show = () => { button.textContent = app.isDark() ? 'Light theme' : 'Dark theme'; };
  button.onclick = () => {
    document.documentElement.dataset.theme = app.isDark() ? 'light' : 'dark';
    show();
    app.map.showLegend();
    app.map.draw();
  };
  show();
  button.hidden = false;
}

/** A small copy of the picture stays in view while sliders are moved that are far from it. */
function floatPicture() {
  if (!('IntersectionObserver' in window)) return;
  const seen = new Map();
  const observer = new IntersectionObserver(entries => {
    for (const { target, isIntersecting } of entries) seen.set(target.id, isIntersecting);
    byId('floating').hidden = seen.get('picture') || !seen.get('code-card');
  });
  for (const id of ['picture', 'code-card']) observer.observe(byId(id));
}

/** One model is chosen at a time, by arrow keys or a click. */
function buildTabs() {
  const tabs = byId('tabs');
  tabs.hidden = app.models.length < 2;
  tabs.append(...app.models.map(model => {
    const tab = element('button', { type: 'button', role: 'radio' }, element('bdi', { textContent: model.name }));
    tab.onclick = () => app.choose(model);
    return tab;
  }));
}

async function begin() {
  document.documentElement.dataset.begun = '';
  byId('title').textContent = contents.title;
  byId('colophon').textContent =
    `Made by jointvae ${contents.version}. Everything is computed on this device; the page asks no other host for anything.`;
  connectTheme();
  buildTabs();
  try {
    app.calls = await Calls.start();
    await app.calls.add(app.models[0]);
  } catch (error) { fail(error); return; }
  byId('main').hidden = false;
  app.drawing = new Drawing(byId('paper'), () => app.update('drawing'));
  connectDrawing(app.drawing);
  app.map = new LatentMap(contents.images);
  app.samples = new Samples();
  app.blend = new Blend();
  app.movies = new Movies();
  const tour = new Tour();
  byId('from-drawing').onclick = () => app.update('drawing');
  byId('from-prior').onclick = () => app.takeCode(app.active.draw());
  byId('reset').onclick = () => { app.active.locked.clear(); app.takeCode(app.active.center()); };
  byId('example').onclick = () => surprise();
  byId('save').onclick = savePage;
  floatPicture();
  byId('save').hidden = byId('start-tour').hidden = false;
  try {
    for (const model of app.models.slice(1)) await app.calls.add(model);
    await app.map.load();
  } catch (error) { fail(error); return; }
  app.comparison = new Comparison(app.models);
  app.active = app.models[0];
  app.drawing.fit(app.active);
  app.drawing.fill();
  await surprise(true);
  app.choose(app.active);
}

/** Something to begin with: an image of the data set, or one that the model draws. */
async function surprise(isFirst = false) {
  const { active, map, drawing } = app;
  if (map.info) {
    drawing.show(map.image(Math.floor((isFirst ? 0.37 : Math.random()) * map.info.count), active), active);
  } else {
    const code = active.draw(isFirst ? Math.min(3, (active.discrete[0] || 1) - 1) : -1);
    // Not far from the center, where nearly all images of the data are.
    for (let i = 0; i < active.continuous; i++) code[i] *= 0.7;
    drawing.show(await app.calls.decode(active, code), active);
  }
  if (isFirst) { drawing.history = []; byId('undo').disabled = true; }
}

begin();
