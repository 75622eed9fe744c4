extension NetworkWidths {
  /// Channels and units that the kernels can compute: panels of 32.
  static let panel = 32
  /// Channels or units beyond which widths are taken for a slip.
  static let limit = 2048
  /// Hidden layers on each side of the latent variables beyond which widths are taken for a slip.
  static let hiddenLimit = 8
  /// 3x3 convolutions of a stage beyond which widths are taken for a slip.
  static let convolutionLimit = 8

  /// - Throws: `ConfigurationError` naming the first layer that cannot be computed for images of `image`, and its number.
  public func validate(for image: ImageShape) throws {
    try checkDepth(for: image)
    try Self.check(encoderSteps, NetworkDescription.encoderName)
    guard (1...Self.hiddenLimit).contains(hiddenUnits.count) else {
      throw ConfigurationError(
        "hidden units", Self.text(hiddenUnits),
        expected: "from 1 to \(Self.hiddenLimit) numbers, one for each hidden layer")
    }
    for (index, units) in hiddenUnits.enumerated() {
      try Self.check(units, "units of \(NetworkDescription.encoderHiddenName(index))")
    }
    try Self.check(decoderSteps, NetworkDescription.decoderName)
    try checkConvolutions()
    try checkFeatures(of: image)
  }

  private func checkDepth(for image: ImageShape) throws {
    let depth = encoder.count
    let most = Self.mostHalvings(of: image)
    guard depth >= 1 else {
      throw ConfigurationError(
        "channels", "none", expected: "a number for each halving of the image, at least one")
    }
    guard depth <= most else {
      let name = NetworkDescription.encoderName(Self.steps(encoder.prefix(most)).count)
      throw ConfigurationError(
        "channels", Self.text(encoderChannels),
        expected: "at most \(most) numbers for images of \(image.size) pixels: "
          + "\(name) would be empty, as one pixel is left before it")
    }
    guard decoder.count == depth - 1 else {
      throw ConfigurationError(
        "channels of the decoder", Self.text(decoderChannels),
        expected: "\(depth - 1) numbers, one less than the \(depth) of the encoder")
    }
  }

  private func checkConvolutions() throws {
    let lists =
      encoder.enumerated().map { ("halving \($0.offset + 1)", $0.element.convolutions) }
      + [("the features", featureConvolutions)]
      + decoder.enumerated().map { ("doubling \($0.offset + 1)", $0.element.convolutions) }
    for (place, list) in lists where list.count > Self.convolutionLimit {
      throw ConfigurationError(
        "3x3 convolutions behind \(place)", "\(list.count)",
        expected: "at most \(Self.convolutionLimit)")
    }
  }

  /// Few halvings leave many features, and a dense layer has a weight for each of them and each unit.
  private func checkFeatures(of image: ImageShape) throws {
    let size = encoder.indices.reduce(image.size) { size, _ in size.halved }
    guard let channels = encoder.last?.output, let units = hiddenUnits.first else { return }
    let weights = size.pixelCount * channels * units
    guard weights <= Self.weightLimit else {
      throw ConfigurationError(
        "channels", Self.text(encoderChannels),
        expected: "more numbers, as \(NetworkDescription.encoderHiddenName(0)) would have "
          + "\(weights) weights for \(size.height)x\(size.width)x\(channels) features and \(units) "
          + "units, and at most \(Self.weightLimit) are allowed")
    }
  }

  /// Weights of a dense layer beyond which memory would not do.
  static let weightLimit = 1 << 25

  private static func check(_ steps: [PlaneStep], _ name: (Int) -> String) throws {
    for (index, step) in steps.enumerated() {
      try check(step.channels, "channels of \(name(index))")
    }
  }

  private static func check(_ number: Int, _ name: String) throws {
    guard (panel...limit).contains(number), number % panel == 0 else {
      throw ConfigurationError(
        name, "\(number)", expected: "a multiple of \(panel) from \(panel) to \(limit)")
    }
  }

  /// `32,64,64`, or `none`.
  private static func text(_ numbers: [Int]) -> String {
    numbers.isEmpty ? "none" : numbers.map(String.init).joined(separator: ",")
  }
}
