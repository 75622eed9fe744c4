'use strict';
// Numbers of the page: the encoder and the decoder of every model, by the WebAssembly module that the page holds.
// The same text runs in a worker, in the page where there are no workers, and in node for tests.
const JointVAEEngine = (() => {
  // Samples that pass the network together, as in Engine.swift.
  const BATCH = 8;

  /** Bytes of base64 text. */
  function bytes(text) {
    const binary = atob(text.trim());
    const result = new Uint8Array(binary.length);
    for (let i = 0; i < binary.length; i++) result[i] = binary.charCodeAt(i);
    return result;
  }

  /** The number that 16 bits stand for (IEEE 754 binary16). */
  function half(bits) {
    const sign = bits & 0x8000 ? -1 : 1, exponent = bits >> 10 & 31, fraction = bits & 1023;
    if (exponent === 0) return sign * fraction * 2 ** -24;
    if (exponent === 31) return fraction ? NaN : sign * Infinity;
    return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  }

  /** Weights as 32-bit numbers; throws when some are missing, as in a file that was cut off. */
  function weights(data, info) {
    const count = info.weightCount, width = info.bits / 8;
    if (data.byteLength !== count * width) throw new Error('the weights are not complete');
    if (info.bits === 32) return new Float32Array(data);
    const table = new Float32Array(65536);
    for (let i = 0; i < 65536; i++) table[i] = half(i);
    const stored = new Uint16Array(data), result = new Float32Array(count);
    for (let i = 0; i < count; i++) result[i] = table[stored[i]];
    return result;
  }

  /** A network in the module's memory. */
  class Network {
    constructor(module, info, numbers) {
      const { engine_allocate: allocate, engine_network: network } = module;
      this.module = module;
      this.info = info;
      this.values = info.height * info.width * info.channels;
      this.categories = info.discrete.reduce((sum, count) => sum + count, 0);
      this.heads = 2 * info.continuous + this.categories;
      this.latents = info.continuous + this.categories;
      const table = allocate(4 * info.layers.length * info.layers[0].length);
      const weights = allocate(4 * numbers.length);
      this.image = allocate(4 * BATCH * this.values);
      this.code = allocate(4 * BATCH * Math.max(this.heads, 1));
      new Int32Array(module.memory.buffer).set(info.layers.flat(), table / 4);
      new Float32Array(module.memory.buffer).set(numbers, weights / 4);
      this.handle = network(table, info.layers.length, weights);
    }

    /** Runs `call` on batches of `input`, from one place of the module's memory to another, and `then` on each result there. */
    run(call, input, from, inputSize, to, outputSize, then = () => {}) {
      const count = input.length / inputSize, output = new Float32Array(count * outputSize);
      for (let first = 0; first < count; first += BATCH) {
        const samples = Math.min(BATCH, count - first);
        // The memory may have grown since the last call, so views are made anew.
        new Float32Array(this.module.memory.buffer, from)
          .set(input.subarray(first * inputSize, (first + samples) * inputSize));
        call(this.handle, from, samples, to);
        for (let n = 0; n < samples; n++) then(to + 4 * n * outputSize);
        output.set(
          new Float32Array(this.module.memory.buffer, to, samples * outputSize), first * outputSize);
      }
      return output;
    }

    /** What the encoder says of images `[image, y, x, channel]`, 0 to 1. */
    encode(images) {
      const { continuous, discrete } = this.info;
      const softmax = place => {
        let start = place + 8 * continuous;
        for (const categories of discrete) {
          this.module.engine_softmax(this.handle, start, categories);
          start += 4 * categories;
        }
      };
      const heads = this.run(
        this.module.engine_encode, images, this.image, this.values, this.code, this.heads, softmax);
      const count = images.length / this.values;
      const mean = new Float32Array(count * continuous), logVariance = new Float32Array(count * continuous);
      const alpha = new Float32Array(count * this.categories);
      const variables = continuous + discrete.length;
      const divergences = new Float64Array(count * variables);
      for (let n = 0; n < count; n++) {
        for (let i = 0; i < continuous; i++) {
          const m = heads[n * this.heads + i], v = heads[n * this.heads + continuous + i];
          mean[n * continuous + i] = m;
          logVariance[n * continuous + i] = v;
          divergences[n * variables + i] = 0.5 * (m * m + Math.exp(v) - v - 1);
        }
        let start = 0;
        discrete.forEach((categories, index) => {
          const place = n * this.categories + start;
          const from = n * this.heads + 2 * continuous + start;
          alpha.set(heads.subarray(from, from + categories), place);
          let sum = Math.log(categories);
          for (let k = place; k < place + categories; k++) sum += alpha[k] * Math.log(alpha[k] + 1e-12);
          divergences[n * variables + continuous + index] = Math.max(sum, 0);
          start += categories;
        });
      }
      return { mean, logVariance, alpha, divergences };
    }

    /** Images of latent vectors `[image, number]`: z, then every c. */
    decode(vectors) {
      return this.run(
        this.module.engine_decode, vectors, this.code, this.latents, this.image, this.values);
    }
  }

  /** The module that this browser can run: with vector instructions, or without. */
  async function instantiate(vector, scalar) {
    if (typeof WebAssembly === 'undefined') throw new Error('no WebAssembly');
    const isVector = WebAssembly.validate(vector);
    const { instance } = await WebAssembly.instantiate(isVector ? vector : scalar, {});
    return { module: instance.exports, isVector };
  }

  /** All networks of a page; answers calls by name. */
  function server() {
    let module = null;
    const networks = [];
    return {
      async start(vector, scalar) {
        const made = await instantiate(vector, scalar);
        module = made.module;
        return made.isVector;
      },
      async add(index, info, data) { networks[index] = new Network(module, info, weights(data, info)); },
      async encode(index, images) { return networks[index].encode(images); },
      async decode(index, vectors) { return networks[index].decode(vectors); },
    };
  }

  return { bytes, half, weights, Network, instantiate, server };
})();

if (typeof WorkerGlobalScope !== 'undefined' && self instanceof WorkerGlobalScope) {
  const calls = JointVAEEngine.server();
  self.onmessage = async ({ data: { id, name, values } }) => {
    try {
      self.postMessage({ id, result: await calls[name](...values) });
    } catch (error) {
      self.postMessage({ id, error: String(error && error.message || error) });
    }
  };
}
