// How many numbers of a network in a page differ from those of the package; for node and for browsers.

var floats = (engine, text) => new Float32Array(engine.bytes(text).buffer);

var differences = (engine, network, golden) => {
  const bits = numbers => new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length);
  const differing = (a, text) => {
    const b = floats(engine, text);
    if (a.length !== b.length) return Infinity;
    const x = bits(a), y = bits(b);
    let count = 0;
    for (let i = 0; i < x.length; i++) if (x[i] !== y[i]) count++;
    return count;
  };
  const posterior = network.encode(floats(engine, golden.images));
  const pictures = network.decode(floats(engine, golden.vectors));
  return {
    mean: differing(posterior.mean, golden.mean),
    logVariance: differing(posterior.logVariance, golden.logVariance),
    alpha: differing(posterior.alpha, golden.alpha),
    pictures: differing(pictures, golden.pictures),
  };
};
