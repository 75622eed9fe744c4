// The canvas that a reader draws on. It has a few times as many pixels as the model's images, and is averaged down to them.

class Drawing {
  constructor(canvas, changed) {
    this.canvas = canvas;
    this.changed = changed;
    this.context = canvas.getContext('2d', { willReadFrequently: true });
    this.history = [];
    this.upload = null;
    canvas.addEventListener('pointerdown', event => this.begin(event));
    canvas.addEventListener('pointermove', event => this.move(event));
    for (const name of ['pointerup', 'pointercancel']) canvas.addEventListener(name, () => { this.last = null; });
    canvas.addEventListener('keydown', event => this.key(event));
  }

  /** Paper for a model: its shape, its background, and ink that stands out from it. */
  fit(model) {
    const factor = Math.max(1, Math.round(288 / Math.max(model.width, model.height)));
    this.model = model;
    this.background = model.background > 0.5 ? 255 : 0;
    this.cursor = null;
    const [width, height] = [model.width * factor, model.height * factor], hadAlpha = this.hasAlpha;
    this.hasAlpha = hasAlpha(model);
    this.canvas.classList.toggle('see-through', this.hasAlpha);
    if (this.canvas.width === width && this.canvas.height === height && hadAlpha === this.hasAlpha) return;
    const old = this.history.length || this.isDrawn ? this.copy() : null;
    this.canvas.width = width;
    this.canvas.height = height;
    this.fill();
    if (old) this.context.drawImage(old, 0, 0, width, height);
  }

  /** Empties the paper: it is transparent where images have alpha, so that they are drawn as they are. */
  fill() {
    if (this.hasAlpha) { this.context.clearRect(0, 0, this.canvas.width, this.canvas.height); return; }
    const value = this.background;
    this.context.fillStyle = `rgb(${value},${value},${value})`;
    this.context.fillRect(0, 0, this.canvas.width, this.canvas.height);
  }

  copy() {
    const copy = element('canvas', { width: this.canvas.width, height: this.canvas.height });
    copy.getContext('2d').drawImage(this.canvas, 0, 0);
    return copy;
  }

  /** Keeps what there is, so that the next change can be undone. */
  remember() {
    this.history.push(this.copy());
    if (this.history.length > 30) this.history.shift();
    byId('undo').disabled = false;
  }

  undo() {
    const before = this.history.pop();
    if (before && this.hasAlpha) this.fill();
    if (before) this.context.drawImage(before, 0, 0, this.canvas.width, this.canvas.height);
    byId('undo').disabled = !this.history.length;
    this.changed();
  }

  clear() {
    this.remember();
    this.fill();
    this.isDrawn = false;
    this.changed();
  }

  get ink() {
    if (this.model.channels >= 3) return byId('ink').value;
    return this.background ? '#000' : '#fff';
  }

  get brush() { return byId('brush').value / 100 * Math.max(this.canvas.width, this.canvas.height); }

  place(event) {
    const box = this.canvas.getBoundingClientRect();
    return [
      (event.clientX - box.left) / box.width * this.canvas.width,
      (event.clientY - box.top) / box.height * this.canvas.height,
    ];
  }

  begin(event) {
    if (event.button) return;
    event.preventDefault();
    this.canvas.focus({ preventScroll: true });
    try { this.canvas.setPointerCapture(event.pointerId); } catch { /* a pointer that is gone already */ }
    this.remember();
    this.last = this.place(event);
    this.line(this.last);
  }

  move(event) {
    if (!this.last) return;
    event.preventDefault();
    const events = event.getCoalescedEvents ? event.getCoalescedEvents() : [];
    for (const step of events.length ? events : [event]) this.line(this.place(step));
  }

  line(to) {
    const context = this.context, [x, y] = this.last || to;
    context.strokeStyle = this.ink;
    context.lineWidth = this.brush;
    context.lineCap = context.lineJoin = 'round';
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(to[0] + 0.01, to[1]);
    context.stroke();
    this.last = to;
    this.isDrawn = true;
    this.changed();
  }

  /** Arrow keys move a pen, space puts it down and lifts it, escape clears. */
  key(event) {
    const step = Math.max(this.canvas.width, this.canvas.height) / 24;
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    if (event.key === 'Escape') { this.clear(); return; }
    if (event.key === 'z' && (event.ctrlKey || event.metaKey)) { event.preventDefault(); this.undo(); return; }
    if (event.key !== ' ' && !moves[event.key]) return;
    event.preventDefault();
    this.cursor = this.cursor || [this.canvas.width / 2, this.canvas.height / 2];
    if (event.key === ' ') {
      this.isDown = !this.isDown;
      if (this.isDown) { this.remember(); this.last = this.cursor; this.line(this.cursor); this.last = null; }
    } else {
      const from = this.cursor, [dx, dy] = moves[event.key];
      this.cursor = [
        Math.min(Math.max(from[0] + dx, 0), this.canvas.width), Math.min(Math.max(from[1] + dy, 0), this.canvas.height),
      ];
      if (this.isDown) { this.last = from; this.line(this.cursor); this.last = null; }
    }
    byId('draw-note').textContent =
      `Pen ${this.isDown ? 'down' : 'up'} at ${Math.round(100 * this.cursor[0] / this.canvas.width)} % across, `
      + `${Math.round(100 * this.cursor[1] / this.canvas.height)} % down. Space lowers or lifts it.`;
  }

  /** Shows an image of a model, enlarged. */
  show(values, model, place = 0) {
    this.remember();
    const small = element('canvas', { width: model.width, height: model.height });
    small.getContext('2d').putImageData(pixels(values, model, place), 0, 0);
    this.fill();
    this.context.imageSmoothingEnabled = false;
    this.context.drawImage(small, 0, 0, this.canvas.width, this.canvas.height);
    this.context.imageSmoothingEnabled = true;
    this.isDrawn = true;
    this.changed();
  }

  /** Puts a picture on the paper as the model's images were prepared: cropped, padded or stretched. */
  showPicture(picture, width, height) {
    this.remember();
    this.upload = { picture, width, height };
    const swap = byId('swap');
    swap.checked = false;
    this.placeUpload(false);
    const isGray = this.model.channels < 3;
    if (isGray) {
      const isLight = this.border() > 127, { inverted } = this.model;
      swap.checked = inverted === true || inverted === undefined && isLight !== this.background > 127;
      byId('swap-label').hidden = false;
      if (swap.checked) this.placeUpload(true);
    }
    this.isDrawn = true;
    this.changed();
  }

  placeUpload(isSwapped) {
    const { picture, width, height } = this.upload, { canvas, context, model } = this;
    const across = canvas.width / width, down = canvas.height / height;
    const scale = model.fit === 'pad' ? Math.min(across, down) : Math.max(across, down);
    const [w, h] = model.fit === 'stretch' ? [canvas.width, canvas.height] : [width * scale, height * scale];
    this.fill();
    context.imageSmoothingQuality = 'high';
    context.drawImage(picture, (canvas.width - w) / 2, (canvas.height - h) / 2, w, h);
    if (!isSwapped) return;
    const data = context.getImageData(0, 0, canvas.width, canvas.height);
    for (let i = 0; i < data.data.length; i++) if (i % 4 < 3) data.data[i] = 255 - data.data[i];
    context.putImageData(data, 0, 0);
  }

  /** The median of the pixels at the border. */
  border() {
    const { width, height } = this.canvas, { data } = this.context.getImageData(0, 0, width, height);
    const values = [];
    for (let y = 0; y < height; y++) for (let x = 0; x < width; x += y > 0 && y < height - 1 ? Math.max(width - 1, 1) : 1) {
      values.push(data[4 * (y * width + x)]);
    }
    return values.sort((a, b) => a - b)[values.length >> 1];
  }

  /** Moves what stands out from the background to the middle, in three fifths of the paper. */
  center() {
    const { width, height } = this.canvas, { data } = this.context.getImageData(0, 0, width, height);
    let [left, right, top, bottom] = [width, -1, height, -1];
    for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) {
      const at = 4 * (y * width + x);
      const contrast = this.hasAlpha ? data[at + 3] : Math.max(...[0, 1, 2].map(c => Math.abs(data[at + c] - this.background)));
      if (contrast < 40) continue;
      left = Math.min(left, x); right = Math.max(right, x); top = Math.min(top, y); bottom = Math.max(bottom, y);
    }
    if (right < 0) return;
    const [w, h] = [right - left + 1, bottom - top + 1];
    const scale = Math.min(0.625 * width / w, 0.625 * height / h), copy = this.copy();
    this.remember();
    this.fill();
    this.context.imageSmoothingQuality = 'high';
    this.context.drawImage(
      copy, left, top, w, h, (width - w * scale) / 2, (height - h * scale) / 2, w * scale, h * scale);
    this.changed();
  }

  /** The drawing as a model's image, `[y, x, channel]` from 0 to 1: averages of squares, gray where the model's images are. */
  image(model) {
    let { canvas } = this;
    if (canvas.width % model.width || canvas.height % model.height) {
      const other = element('canvas', { width: 4 * model.width, height: 4 * model.height });
      other.getContext('2d').drawImage(canvas, 0, 0, other.width, other.height);
      canvas = other;
    }
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    const [across, down] = [canvas.width / model.width, canvas.height / model.height];
    const result = new Float32Array(model.values), share = 1 / (across * down), isOpaque = !hasAlpha(model);
    for (let y = 0; y < model.height; y++) for (let x = 0; x < model.width; x++) {
      let red = 0, green = 0, blue = 0, alpha = 0;
      for (let v = 0; v < down; v++) {
        let at = 4 * ((y * down + v) * canvas.width + x * across);
        for (let u = 0; u < across; u++, at += 4) {
          // Where images have no alpha, the paper is opaque.
          const weight = isOpaque ? 1 : data[at + 3] / 255;
          red += weight * data[at]; green += weight * data[at + 1]; blue += weight * data[at + 2]; alpha += weight;
        }
      }
      const part = isOpaque ? share : alpha > 0 ? 1 / alpha : 0;
      red = Math.round(red * part);
      green = Math.round(green * part);
      blue = Math.round(blue * part);
      const place = (y * model.width + x) * model.channels;
      if (model.channels < 3) {
        // The luma of ITU-R BT.601.
        result.fill(Math.round(0.299 * red + 0.587 * green + 0.114 * blue) / 255, place, place + model.channels);
      } else {
        result[place] = red / 255;
        result[place + 1] = green / 255;
        result[place + 2] = blue / 255;
      }
      if (!isOpaque) result[place + model.channels - 1] = alpha * share;
    }
    return result;
  }
}

/** Width and height that the first bytes of an image file declare; null for other files. */
function declaredSize(data) {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (data.length < 30) return null;
  if (view.getUint32(0) === 0x89504e47) return [view.getUint32(16), view.getUint32(20)];
  if (view.getUint32(0) === 0x47494638) return [view.getUint16(6, true), view.getUint16(8, true)];
  if (view.getUint16(0) === 0x424d) return [Math.abs(view.getInt32(18, true)), Math.abs(view.getInt32(22, true))];
  if (view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; at + 9 < data.length;) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return [view.getUint16(at + 7), view.getUint16(at + 5)];
    }
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

/** Takes a file of the reader's own; says what is wrong with it in a sentence. */
async function takeFile(file, drawing) {
  const note = byId('draw-note');
  const pixelLimit = 1e8, byteLimit = 1 << 26;
  if (file.size > byteLimit) {
    note.textContent = `${file.name} has ${Math.round(file.size / 1e6)} MB; expected at most 64 MB.`;
    return;
  }
  const size = declaredSize(new Uint8Array(await file.slice(0, 1 << 18).arrayBuffer()));
  if (size && size[0] * size[1] > pixelLimit) {
    note.textContent = `${file.name} has ${size[0]} x ${size[1]} pixels; expected at most 100 million.`;
    return;
  }
  const address = URL.createObjectURL(file), picture = new Image();
  picture.onload = () => {
    URL.revokeObjectURL(address);
    const [width, height] = [picture.naturalWidth || 300, picture.naturalHeight || 300];
    note.textContent = `${file.name}: ${width} x ${height} pixels.`;
    drawing.showPicture(picture, width, height);
  };
  picture.onerror = () => {
    URL.revokeObjectURL(address);
    note.textContent = `${file.name} is no image that this browser can read.`;
  };
  picture.src = address;
}

/** Buttons, files, paste and drop. */
function connectDrawing(drawing) {
  byId('clear').onclick = () => { byId('swap-label').hidden = true; drawing.clear(); };
  byId('undo').onclick = () => drawing.undo();
  byId('middle').onclick = () => drawing.center();
  byId('upload').onclick = () => byId('file').click();
  byId('file').onchange = event => {
    if (event.target.files[0]) takeFile(event.target.files[0], drawing);
    event.target.value = '';
  };
  byId('swap').onchange = event => {
    if (!drawing.upload) return;
    drawing.placeUpload(event.target.checked);
    drawing.changed();
  };
  const take = (event, items) => {
    const file = [...items || []].find(item => item.type.startsWith('image/'));
    if (!file) return;
    event.preventDefault();
    takeFile(file, drawing);
  };
  addEventListener('paste', event => take(event, (event.clipboardData || {}).files));
  addEventListener('dragover', event => event.preventDefault());
  addEventListener('drop', event => {
    event.preventDefault();
    const files = (event.dataTransfer || {}).files;
    if (files && files[0]) takeFile(files[0], drawing);
  });
}
