// Runs the engine of a page in node, and compares its numbers with those of the package.
//
//   node compare.mjs PAGE.html GOLDENS.json
//
// GOLDENS.json holds an object for each model: images, mean, logVariance, alpha, vectors and pictures, as base64 of 32-bit
// numbers. All have to be the same to the bit.
import { readFileSync } from 'node:fs';
import vm from 'node:vm';

const [page, goldens] = process.argv.slice(2);
const html = readFileSync(page, 'utf8');
const part = id => {
  const start = html.indexOf(`id="${id}">`);
  if (start < 0) throw new Error(`the page has no ${id}`);
  return html.slice(start + id.length + 6, html.indexOf('</script>', start));
};
const engine = vm.runInThisContext(`${part('engine')}; JointVAEEngine`);
const contents = JSON.parse(part('contents'));
vm.runInThisContext(readFileSync(new URL('differences.js', import.meta.url), 'utf8'));
const expected = JSON.parse(readFileSync(goldens, 'utf8'));
let failures = 0;
const vector = engine.bytes(part('engine-vector')), scalar = engine.bytes(part('engine-scalar'));
for (const [kind, first] of [['vector', vector], ['scalar', new Uint8Array(8)]]) {
  // Bytes that are no module stand for a browser without vector instructions.
  const made = await engine.instantiate(first, scalar);
  if (made.isVector !== (kind === 'vector')) throw new Error(`node took the wrong engine for ${kind}`);
  for (const [index, info] of contents.models.entries()) {
    const golden = expected[index];
    const data = engine.bytes(part(`weights-${index}`)).buffer;
    const network = new engine.Network(made.module, info, engine.weights(data, info));
    const results = differences(engine, network, golden);
    const images = floats(engine, golden.images), vectors = floats(engine, golden.vectors);
    const size = made.module.memory.buffer.byteLength;
    const started = performance.now();
    const one = images.slice(0, network.values), rounds = 100;
    for (let i = 0; i < rounds; i++) { network.encode(one); network.decode(vectors.slice(0, network.latents)); }
    const time = (performance.now() - started) / rounds;
    if (made.module.memory.buffer.byteLength !== size) { failures++; console.log(`${kind}: the memory grows with every call`); }
    for (const [name, count] of Object.entries(results)) if (count) { failures++; console.log(`${kind}, ${info.name}: ${count} numbers of ${name} differ`); }
    console.log(`${kind}, ${info.name}: ${images.length / network.values} images compared, ${time.toFixed(2)} ms for code and picture`);
  }
}
process.exit(failures ? 1 : 0);
