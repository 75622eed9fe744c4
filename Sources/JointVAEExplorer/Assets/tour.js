// Five steps from the image to the picture, with the numbers of the model and of the drawing.

// What a step's ideas come from. A browser opens such an address only when a reader chooses it.
const papers = {
  jointVAE: ['Dupont 2018', 'https://arxiv.org/abs/1804.00104'],
  vae: ['Kingma and Welling 2014', 'https://arxiv.org/abs/1312.6114'],
  gumbel: ['Jang et al. 2017', 'https://arxiv.org/abs/1611.01144'],
};

class Tour {
  constructor() {
    this.step = 0;
    byId('start-tour').onclick = () => this.begin();
    byId('tour-next').onclick = () => (this.step < 4 ? this.go(this.step + 1) : this.end());
    byId('tour-back').onclick = () => this.go(Math.max(0, this.step - 1));
    byId('tour-end').onclick = () => this.end();
    byId('tour').addEventListener('keydown', event => { if (event.key === 'Escape') this.end(); });
  }

  begin() {
    byId('tour').hidden = false;
    this.go(0);
    byId('tour-next').focus();
  }

  end() {
    byId('tour').hidden = true;
    this.light(null);
    byId('start-tour').focus();
  }

  light(id) {
    document.querySelectorAll('.lit').forEach(other => other.classList.remove('lit'));
    if (!id) return;
    byId(id).classList.add('lit');
    byId(id).scrollIntoView({ block: 'start', behavior: calm ? 'auto' : 'smooth' });
  }

  go(step) {
    this.step = step;
    const { title, text, formula, place, document, paper } = this.steps()[step];
    byId('tour-title').textContent = title;
    byId('tour-text').textContent = text;
    byId('tour-formula').textContent = formula;
    byId('tour-document').textContent = `docs/${document}`;
    [byId('tour-paper').textContent, byId('tour-paper').href] = papers[paper];
    byId('tour-count').textContent = `${step + 1} of 5`;
    byId('tour-back').disabled = step === 0;
    byId('tour-next').textContent = step === 4 ? 'Done' : 'Next';
    this.light(place);
  }

  steps() {
    const model = app.active, { posterior } = model, i = model.order[0];
    const pixelsText = `${model.height} x ${model.width}${model.channels > 1 ? ` x ${model.channels}` : ''} = ${model.values}`;
    const chosen = model.discrete.length ? model.categoryText(0, model.category(0, posterior ? posterior.alpha : model.code, posterior ? -model.continuous : 0)) : '';
    const mean = posterior && model.continuous ? posterior.mean[i] : 0;
    const deviation = posterior && model.continuous ? Math.exp(posterior.logVariance[i] / 2) : 1;
    const kl = posterior ? posterior.divergences.reduce((a, b) => a + b, 0) : 0;
    return [
      { title: 'The image', place: 'draw-card', document: 'data.md', paper: 'jointVAE',
        text: `Your drawing becomes ${pixelsText} numbers from 0, black, to 1, white. The model learned from images alone. It was told no names.`,
        formula: `x: ${model.values} numbers` },
      { title: 'The encoder', place: 'code-card', document: 'architecture.md', paper: 'vae',
        text: `The encoder reads the image and fills in a short form of ${model.dimension} numbers.`
          + (model.discrete.length ? ` For your drawing it chooses ${chosen}.` : '')
          + ` All in all it tells ${number(kl, 1)} nats, ${number(kl / Math.LN2, 1)} bits, about the image.`,
        formula: 'q(z, c | x)' },
      { title: 'The code', place: 'latents', document: 'evaluation.md', paper: 'jointVAE',
        text: (model.continuous ? `Continuous latents are sliders for what changes smoothly. For ${model.latentName(i)} the encoder says ${number(mean)}, give or take ${number(deviation)}.` : 'This model has no continuous latents.')
          + (model.discrete.length ? ` The category is a choice: one of ${model.discrete[0]}.` : ' This model has no categories.'),
        formula: 'z: continuous, c: discrete' },
      { title: 'The noise', place: 'latents', document: 'family.md', paper: model.discrete.length ? 'gumbel' : 'vae',
        text: 'In training, each code is shaken a little before it is decoded. The model has to give similar codes to similar images, so that every place between them makes sense.',
        formula: model.continuous ? `z = mean + deviation · ε = ${number(mean)} + ${number(deviation)} · ε, with ε from N(0, 1)` : 'c = softmax((log α + g) / T)' },
      { title: 'The decoder', place: 'picture-card', document: 'losses.md', paper: 'vae',
        text: 'The decoder draws a picture from the code alone. It never sees the image. Move a slider, or choose another category, and watch what it draws.',
        formula: 'p(x | z, c)' },
    ];
  }
}
