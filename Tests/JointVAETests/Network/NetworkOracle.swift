import Foundation
import JointVAE

/// The network and its objective in Double, straight from their definitions: no layout, no lanes, no float32.
///
/// Images are `[channel, y, x]`, as the weights' own layout has it.
struct NetworkOracle {
  var configuration: TrainingConfiguration
  var weights: [String: [Double]]
  /// What the balance is multiplied by. A batch moves m by `1 - memory` of its own mean alpha; with one
  /// over that here, the derivative by the weights is the one by m.
  var balanceScale = 1.0

  /// What a test adds to the objective, in nats an image.
  var addition: ([Latents]) -> Double = { _ in 0 }

  /// The latents of an image.
  struct Latents {
    var (mean, logVariance, z): ([Double], [Double], [Double]) = ([], [], [])
    var (c, alpha): ([Double], [Double]) = ([], [])
    /// KL of z and of c.
    var divergences = TotalDivergences(continuous: 0, discrete: 0)
  }

  init(configuration: TrainingConfiguration, tensors: [NamedTensor]) {
    self.configuration = configuration
    weights = byName(tensors).mapValues { $0.map(Double.init) }
  }

  private var spec: LatentSpec { configuration.latents }
  private var shape: ImageShape { configuration.imageShape }
  private var depth: Int {
    (0..<layers("img_to_features")).reduce(into: (count: 0, channels: shape.channels)) {
      let name = "img_to_features.\(2 * $1)"
      if !isSame(name, $0.channels) { $0.count += 1 }
      $0.channels = weights["\(name).bias"]?.count ?? 0
    }.count
  }
  private var hiddenLayers: Int { layers("features_to_hidden") }

  /// How many layers there are by one name.
  private func layers(_ name: String) -> Int {
    (0..<64).prefix { weights["\(name).\(2 * $0).weight"] != nil }.count
  }

  /// The sizes of the planes from the image to the features.
  private var sizes: [ImageSize] {
    (0..<depth).reduce(into: [shape.size]) { sizes, layer in
      let last = sizes[layer]
      sizes.append(ImageSize(height: (last.height + 1) / 2, width: (last.width + 1) / 2))
    }
  }

  /// What training minimizes, for a batch with given noise.
  func objective(pixels: [UInt8], normals: [Float], uniforms: [Float], step: Int) -> Double {
    let count = pixels.count / shape.valueCount
    var reconstruction = 0.0
    var continuous = 0.0
    var discrete = 0.0
    var drawn: [Latents] = []
    for n in 0..<count {
      var hidden = encode(channelsFirst(pixels, image: n))
      for layer in 0..<hiddenLayers {
        hidden = activated(dense(hidden, "features_to_hidden.\(2 * layer)"))
      }
      let before = TotalDivergences(continuous: continuous, discrete: discrete)
      var latents = Latents()
      if spec.continuous > 0 {
        let mean = dense(hidden, "fc_mean")
        let logVariance = dense(hidden, "fc_log_var")
        (latents.mean, latents.logVariance) = (mean, logVariance)
        for i in 0..<spec.continuous {
          latents.z.append(
            mean[i] + exp(logVariance[i] / 2) * Double(normals[n * spec.continuous + i]))
          continuous -= 0.5 * (1 + logVariance[i] - mean[i] * mean[i] - exp(logVariance[i]))
        }
      }
      var (c, alphas): ([Double], [Double]) = ([], [])
      var start = n * spec.categoryCount
      for (variable, categories) in spec.discrete.enumerated() {
        let alpha = softmax(dense(hidden, "fc_alphas.\(variable)"))
        discrete += log(Double(categories)) + alpha.reduce(0) { $0 + $1 * log($1 + 1e-12) }
        c += softmax(
          (0..<categories).map { k in
            let gumbel = -log(-log(Double(uniforms[start + k]) + 1e-12) + 1e-12)
            return (log(alpha[k] + 1e-12) + gumbel) / configuration.temperature
          })
        alphas += alpha
        start += categories
      }
      (latents.c, latents.alpha) = (c, alphas)
      latents.divergences = TotalDivergences(
        continuous: continuous - before.continuous, discrete: discrete - before.discrete)
      drawn.append(latents)
    }
    let swaps = configuration.pairing?.swapsCategories ?? false
    for n in 0..<count {
      let c = drawn[swaps ? (n + count / 2) % count : n].c
      for (logit, target) in zip(decode(drawn[n].z + c), channelsFirst(pixels, image: n)) {
        reconstruction += loss(logit, target)
      }
    }
    let samples = Double(count)
    let pixelCount = Double(shape.pixelCount)
    let factor =
      configuration.reconstructionScale == .reference ? pixelCount : Double(shape.valueCount)
    var total = reconstruction / (samples * Double(shape.valueCount)) * factor
    total += modelTerms(
      drawn,
      TotalDivergences(continuous: continuous / samples, discrete: discrete / samples), step: step)
    if let pairing = configuration.pairing {
      total += pairTerms(drawn.map(\.alpha), pairing)
    }
    return (total + addition(drawn)) / pixelCount
  }

  /// The terms of pairs in a run's first step.
  private func pairTerms(_ alphas: [[Double]], _ pairing: Pairing) -> Double {
    let pairs = alphas.count / 2
    func crossEntropy(_ p: [Double], _ q: [Double]) -> Double {
      -zip(p, q).reduce(0) { $0 + $1.0 * log($1.1 + 1e-12) }
    }
    let consistency = (0..<pairs).reduce(0.0) {
      let (first, second) = (alphas[$1], alphas[$1 + pairs])
      return $0 + crossEntropy(first, second) + crossEntropy(second, first)
    }
    var balance = 0.0
    var start = 0
    for categories in spec.discrete {
      for k in start..<start + categories {
        let batch = alphas.reduce(0) { $0 + $1[k] } / Double(alphas.count)
        let mean =
          pairing.balanceMemory / Double(categories) + (1 - pairing.balanceMemory) * batch
        balance += mean * log(mean * Double(categories))
      }
      start += categories
    }
    return pairing.consistencyWeight * consistency / Double(pairs)
      + pairing.balanceWeight * balance * balanceScale + selfLabels(alphas, pairing.selfLabels)
  }

  /// Minus the logarithm of the probability that a twin has of its image's category, where the image is sure.
  private func selfLabels(_ alphas: [[Double]], _ labels: SelfLabels?) -> Double {
    guard let labels else { return 0 }
    let pairs = alphas.count / 2
    var sum = 0.0
    for pair in 0..<pairs {
      var start = 0
      for categories in spec.discrete {
        let own = (start..<start + categories).max { alphas[pair][$0] < alphas[pair][$1] } ?? start
        if alphas[pair][own] > labels.threshold { sum -= log(alphas[pair + pairs][own]) }
        start += categories
      }
    }
    return labels.weight * sum / Double(pairs)
  }

  private func channelsFirst(_ pixels: [UInt8], image: Int) -> [Double] {
    let start = image * shape.valueCount
    return (0..<shape.channels).flatMap { channel in
      (0..<shape.pixelCount).map {
        Double(pixels[start + $0 * shape.channels + channel]) / 255
      }
    }
  }

  private func loss(_ logit: Double, _ x: Double) -> Double {
    let r = 1 / (1 + exp(-logit))
    let d = r - x
    return switch configuration.reconstructionLoss {
    case .binaryCrossEntropy: -x * log(r) - (1 - x) * log(1 - r)
    case .continuousBernoulli:
      // The published form, with the normalizer 2 artanh(1 - 2 r) / (1 - 2 r).
      -x * log(r) - (1 - x) * log(1 - r) - log(2 * atanh(1 - 2 * r) / (1 - 2 * r))
    case .meanSquaredError: d * d
    case .cauchy(let c): log(1 + 0.5 * (d / c) * (d / c))
    case .robust(let loss): robust(d, loss)
    // The density that stands for alpha = 1 has a Bessel function: Z = 2 e K1(1).
    case .robustLikelihood(let loss): robust(d, loss) + log(loss.scale) + 1.185495232349193
    // Where learning begins.
    case .adaptive: robust(d, RobustLoss(alpha: 1, scale: 0.1)) + log(0.1) + 1.185495232349193
    case .multikernelCauchy(let kernels):
      kernels.reduce(0) { $0 + $1.weight * log(1 + 0.5 * (d / $1.scale) * (d / $1.scale)) }
    case .laplace(let b): abs(d) / b + log(2 * b)
    case .gaussian(let sigma): 0.5 * (d / sigma) * (d / sigma) + log(sigma * sqrt(2 * .pi))
    }
  }

  /// Barron 2019, equation 8, for alpha other than 0.
  private func robust(_ d: Double, _ loss: RobustLoss) -> Double {
    let square = (d / loss.scale) * (d / loss.scale)
    if loss.alpha == 2 { return 0.5 * square }
    if loss.alpha == -.infinity { return 1 - exp(-0.5 * square) }
    let b = abs(loss.alpha - 2)
    return b / loss.alpha * (pow(square / b + 1, loss.alpha / 2) - 1)
  }

  private func encode(_ image: [Double]) -> [Double] {
    var values = image
    var size = shape.size
    for layer in 0..<layers("img_to_features") {
      let name = "img_to_features.\(2 * layer)"
      guard !isSame(name, values.count / size.pixelCount) else {
        values = same(values, size, name)
        continue
      }
      let bias = weights["\(name).bias"] ?? []
      let filter = weights["\(name).weight"] ?? []
      let channels = values.count / size.pixelCount
      let half = ImageSize(height: (size.height + 1) / 2, width: (size.width + 1) / 2)
      var output = [Double](repeating: 0, count: bias.count * half.pixelCount)
      for o in 0..<bias.count {
        for y in 0..<half.height {
          for x in 0..<half.width {
            var sum = bias[o]
            for i in 0..<channels {
              for ky in 0..<4 where (0..<size.height).contains(2 * y + ky - 1) {
                for kx in 0..<4 where (0..<size.width).contains(2 * x + kx - 1) {
                  sum +=
                    values[(i * size.height + 2 * y + ky - 1) * size.width + 2 * x + kx - 1]
                    * filter[((o * channels + i) * 4 + ky) * 4 + kx]
                }
              }
            }
            output[(o * half.height + y) * half.width + x] = sum
          }
        }
      }
      values = activated(output)
      size = half
    }
    return values
  }

  private func decode(_ latent: [Double]) -> [Double] {
    var values = latent
    for layer in 0...hiddenLayers {
      values = activated(dense(values, "latent_to_features.\(2 * layer)"))
    }
    var sizes = self.sizes
    let count = layers("features_to_img")
    for layer in 0..<count {
      let name = "features_to_img.\(2 * layer)"
      let size = sizes[sizes.count - 1]
      let channels = values.count / size.pixelCount
      guard !isSame(name, channels) else {
        values = same(values, size, name)
        continue
      }
      sizes.removeLast()
      let double = sizes[sizes.count - 1]
      let bias = weights["\(name).bias"] ?? []
      let filter = weights["\(name).weight"] ?? []
      var output = bias.flatMap { Array(repeating: $0, count: double.pixelCount) }
      for i in 0..<channels {
        for y in 0..<size.height {
          for x in 0..<size.width {
            let value = values[(i * size.height + y) * size.width + x]
            for o in 0..<bias.count {
              for ky in 0..<4 where (0..<double.height).contains(2 * y + ky - 1) {
                for kx in 0..<4 where (0..<double.width).contains(2 * x + kx - 1) {
                  let place =
                    (o * double.height + 2 * y + ky - 1) * double.width + 2 * x + kx - 1
                  let weight = filter[((i * bias.count + o) * 4 + ky) * 4 + kx]
                  output[place] += value * weight
                }
              }
            }
          }
        }
      }
      values = layer == count - 1 ? output : activated(output)
    }
    return values
  }

  /// Whether a layer of `channels` inputs has a filter of 3x3; others have 4x4.
  private func isSame(_ name: String, _ channels: Int) -> Bool {
    let outputs = weights["\(name).bias"]?.count ?? 0
    return weights["\(name).weight"]?.count == 9 * channels * outputs
  }

  /// A 3x3 convolution of stride 1 and padding 1, and its activation.
  private func same(_ values: [Double], _ size: ImageSize, _ name: String) -> [Double] {
    let filter = weights["\(name).weight"] ?? []
    let channels = values.count / size.pixelCount
    return activated(
      (weights["\(name).bias"] ?? []).enumerated().flatMap { o, bias in
        (0..<size.pixelCount).map { pixel in
          var sum = bias
          for k in 0..<9 {
            let (y, x) = (pixel / size.width + k / 3 - 1, pixel % size.width + k % 3 - 1)
            guard (0..<size.height).contains(y), (0..<size.width).contains(x) else { continue }
            for i in 0..<channels {
              sum +=
                values[(i * size.height + y) * size.width + x] * filter[(o * channels + i) * 9 + k]
            }
          }
          return sum
        }
      })
  }

  private func dense(_ x: [Double], _ name: String) -> [Double] {
    let filter = weights["\(name).weight"] ?? []
    return (weights["\(name).bias"] ?? []).enumerated().map { o, bias in
      x.indices.reduce(bias) { $0 + filter[o * x.count + $1] * x[$1] }
    }
  }

  private func activated(_ values: [Double]) -> [Double] {
    let slope = configuration.networkWidths.activation == .leaky ? 0.2 : 0
    return values.map { $0 > 0 ? $0 : slope * $0 }
  }

  private func softmax(_ values: [Double]) -> [Double] {
    let exponentials = values.map { exp($0 - (values.max() ?? 0)) }
    let sum = exponentials.reduce(0, +)
    return exponentials.map { $0 / sum }
  }
}
