// Shows what the program tells of its training. Each message is the newest of its kind; older ones are never needed.
(() => {
  'use strict';
  const byId = id => document.getElementById(id);
  const root = document.documentElement;
  const counted = value => value.toLocaleString('en-US');
  let run = null, isPaused = false, held = {}, hasEnded = false, curves = null, latest = null;

  // MARK: Words

  function short(value) {
    if (typeof value !== 'number') return 'none';
    const size = Math.abs(value);
    return value.toFixed(size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : 3).replace('-', '\u2212');
  }

  function duration(seconds) {
    const whole = Math.round(seconds);
    if (whole < 60) return `${whole} s`;
    const minutes = Math.floor(whole / 60);
    return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  }

  // MARK: Messages

  const show = {
    run(message) {
      run = message;
      byId('title').textContent = message.folder;
      document.title = `${message.folder}: live training`;
      byId('introduction').textContent =
        `${counted(message.images)} images of ${message.dataSet}, ${message.shape}. Latents: ${message.latents}. Seed ${message.seed}.`;
      byId('numbers').replaceChildren();
      byId('warnings').replaceChildren();
      byId('curves').replaceChildren();
      curves = null;
      byId('curves-note').hidden = false;
      byId('pictures').hidden = true;
      byId('pictures-note').textContent = 'The first pictures come after a few seconds.';
    },

    progress(message) {
      latest = message;
      const share = message.steps ? message.step / message.steps : 0;
      byId('bar').value = share;
      byId('bar').textContent = `${Math.floor(100 * share)} %`;
      if (!hasEnded) document.title = `${Math.floor(100 * share)} % of ${run.folder}`;
      const rows = [
        ['Step', `${counted(message.step)} of ${counted(message.steps)}`],
        ['Epoch', counted(message.epoch)],
        ['Loss', message.loss],
        ['Reconstruction', message.reconstruction],
        ['KL of z', message.continuousKL],
        ['KL of c', message.discreteKL],
        ['Validation loss', message.validationLoss],
        ['Images a second', message.imagesPerSecond && counted(Math.round(message.imagesPerSecond))],
        ['Time left', !hasEnded && message.secondsLeft !== undefined && duration(message.secondsLeft)],
      ].filter(([, value]) => value || value === 0);
      byId('numbers').replaceChildren(...rows.map(([name, value]) => {
        const item = document.createElement('div'), term = document.createElement('dt'), text = document.createElement('dd');
        term.textContent = name;
        text.textContent = typeof value === 'number' ? short(value) : value;
        item.append(term, text);
        return item;
      }));
    },

    pictures(message) {
      for (const name of ['samples', 'reconstructions', 'traversals']) {
        const image = byId(name), { source, label, width, height } = message[name];
        image.width = width;
        image.height = height;
        image.src = source;
        image.alt = `${label}, after step ${counted(message.step)}`;
      }
      byId('rows').replaceChildren(...message.rows.map(text => {
        const row = document.createElement('li');
        row.textContent = text;
        return row;
      }));
      byId('pictures').hidden = false;
      byId('pictures-note').textContent = `After step ${counted(message.step)}.`;
      curves = message.curves || curves;
      drawCurves();
    },

    warnings(message) {
      byId('warnings').replaceChildren(...message.sentences.map(sentence => {
        const text = document.createElement('p');
        text.className = 'warning';
        text.textContent = sentence;
        return text;
      }));
    },

    end(message) {
      hasEnded = true;
      events.close();
      const title = { finished: 'The training is finished', stopped: 'The training was stopped', failed: 'The training has failed' };
      byId('end-title').textContent = title[message.ending];
      byId('end-text').textContent = message.ending === 'failed'
        ? 'The terminal shows why.'
        : `It has done ${counted(message.step)} steps. These files stay, and a browser opens them:`;
      byId('end-files').replaceChildren(...message.files.map(path => {
        const item = document.createElement('li'), code = document.createElement('code');
        code.textContent = path;
        item.append(code);
        return item;
      }));
      byId('end').hidden = false;
      if (latest) show.progress(latest);
      byId('connection').textContent = `${title[message.ending]}. The page stays as it is.`;
      document.title = run ? `${title[message.ending]}: ${run.folder}` : title[message.ending];
      byId('pause').hidden = true;
    },
  };

  /** Draws the newest curves, but never takes a chart away from under a reader's hands. */
  function drawCurves() {
    const place = byId('curves');
    if (!curves || isPaused || !hasEnded && (place.matches(':hover') || place.contains(document.activeElement))) return;
    // The program's own markup, in which every name is escaped.
    place.innerHTML = curves;
    place.querySelectorAll('figure.chart').forEach(connectChart);
    byId('curves-note').hidden = true;
    curves = null;
  }

  function take(kind, message) {
    if (kind === 'end') {
      isPaused = false;
      release();
    } else if (isPaused) {
      if (kind === 'run') held = {};
      held[kind] = message;
      return;
    }
    // Another run's message, which came before the page knew of that run.
    if (message.number !== undefined && kind !== 'run' && (!run || message.number !== run.number)) return;
    show[kind](message);
  }

  /** Shows what came during a pause. */
  function release() {
    const kept = held;
    held = {};
    for (const kind of ['run', 'progress', 'warnings', 'pictures']) if (kept[kind]) take(kind, kept[kind]);
    drawCurves();
  }

  // MARK: Controls

  byId('pause').onclick = () => {
    isPaused = !isPaused;
    byId('pause').setAttribute('aria-pressed', String(isPaused));
    byId('pause').textContent = isPaused ? 'Go on' : 'Pause the page';
    if (!isPaused) release();
  };
  byId('curves').addEventListener('pointerleave', drawCurves);
  byId('curves').addEventListener('focusout', () => setTimeout(drawCurves));

  const systemDark = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => root.dataset.theme ? root.dataset.theme === 'dark' : systemDark.matches;
  const nameTheme = () => { byId('theme').textContent = isDark() ? 'Light theme' : 'Dark theme'; };
  byId('theme').onclick = () => { root.dataset.theme = isDark() ? 'light' : 'dark'; nameTheme(); };
  systemDark.addEventListener('change', nameTheme);
  nameTheme();

  const events = new EventSource('events');
  for (const kind of Object.keys(show)) events.addEventListener(kind, event => take(kind, JSON.parse(event.data)));
  events.onopen = () => { byId('connection').textContent = ''; };
  events.onerror = () => {
    if (hasEnded) return;
    byId('connection').textContent = events.readyState === EventSource.CLOSED
      ? 'The training does not answer any more. The page stays as it is.'
      : 'The training does not answer. The page asks again.';
  };
})();
