import CTiles

/// Loops over neighboring floats, as many as there are; those of optimizers and `add` are multiples of 16.
extension InstructionSet {
  /// `destination[i] = source[i] / 255`.
  public func divideBy255(
    _ source: UnsafePointer<UInt8>, to destination: UnsafeMutablePointer<Float>, count: Int
  ) {
    tiles.pointee.bytesToFloats(source, destination, count)
  }

  /// `values[i] = 1 / (1 + exp(-values[i]))`.
  public func sigmoid(_ values: UnsafeMutablePointer<Float>, count: Int) {
    tiles.pointee.sigmoid(values, count)
  }

  /// `values[i] = exp(values[i]) / sum exp(values)`.
  ///
  /// The exponential function is that of `sigmoid`, not the C library's: the explorer's page gets the same bits as a program
  /// without a fused multiply-add.
  public func softmax(_ values: UnsafeMutablePointer<Float>, count: Int) {
    var largest = -Float.infinity
    for k in 0..<count { largest = max(largest, values[k]) }
    for k in 0..<count { values[k] -= largest }
    tiles.pointee.exponential(values, count)
    var sum: Float = 0
    for k in 0..<count { sum += values[k] }
    for k in 0..<count { values[k] /= sum }
  }

  /// The sum of `max(l, 0) - l x + log(1 + exp(-|l|))` over logits l and targets x = byte / 255.
  ///
  /// `scale (sigmoid(l) - x)`, the derivative, takes the place of the logits.
  public func binaryCrossEntropy(
    _ logits: UnsafeMutablePointer<Float>, targets: UnsafePointer<UInt8>, count: Int, scale: Float
  ) -> Float {
    tiles.pointee.binaryCrossEntropy(logits, targets, count, scale)
  }

  /// The sum of `(r - x)^2` over r = sigmoid(logit) and targets x = byte / 255; derivatives as above.
  public func meanSquaredError(
    _ logits: UnsafeMutablePointer<Float>, targets: UnsafePointer<UInt8>, count: Int, scale: Float
  ) -> Float {
    tiles.pointee.meanSquaredError(logits, targets, count, scale)
  }

  /// The sum of `log(1 + 0.5 ((r - x) / c)^2)`; derivatives as above.
  public func cauchy(
    _ logits: UnsafeMutablePointer<Float>, targets: UnsafePointer<UInt8>, count: Int, scale: Float,
    c: Float
  ) -> Float {
    tiles.pointee.cauchy(logits, targets, count, scale, 1 / c)
  }

  /// `sum[i] += addend[i]`.
  public func add(
    _ addend: UnsafePointer<Float>, to sum: UnsafeMutablePointer<Float>, count: Int
  ) {
    tiles.pointee.add(sum, addend, count)
  }

  /// A step of Adam: `m = b1 m + (1 - b1) g`, `v = b2 v + (1 - b2) g^2`,
  /// `w -= lr / (1 - b1^t) m / (sqrt(v) / sqrt(1 - b2^t) + epsilon)`.
  public func adam(
    _ weights: UnsafeMutablePointer<Float>, first: UnsafeMutablePointer<Float>,
    second: UnsafeMutablePointer<Float>, gradient: UnsafePointer<Float>, count: Int,
    settings: AdamStep
  ) {
    withUnsafePointer(to: settings.values) {
      tiles.pointee.adam(weights, first, second, gradient, count, $0)
    }
  }

  /// A step of stochastic gradient descent: `v = momentum v + g`, `w -= learningRate v`.
  public func sgd(
    _ weights: UnsafeMutablePointer<Float>, velocity: UnsafeMutablePointer<Float>,
    gradient: UnsafePointer<Float>, count: Int, learningRate: Float, momentum: Float
  ) {
    tiles.pointee.sgd(weights, velocity, gradient, count, learningRate, momentum)
  }

  /// Multiply-adds in registers and nothing else: what `rounds` of them count as floating-point operations.
  ///
  /// - Parameter sink: three numbers that the compiler cannot foresee; one is changed, so that nothing is left out.
  public func burn(rounds: Int, sink: UnsafeMutablePointer<Float>) -> Double {
    tiles.pointee.peak(rounds, sink)
  }
}
