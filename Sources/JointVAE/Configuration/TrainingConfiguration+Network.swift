extension TrainingConfiguration {
  /// Stages, channels and hidden units, those of the paper's network where nothing else is chosen.
  ///
  /// To set the paper's leaves ``widths`` nil, so that it is the same configuration as one that names none.
  public var networkWidths: NetworkWidths {
    get { widths ?? .paper(for: imageShape) }
    set { widths = newValue == .paper(for: imageShape) ? nil : newValue }
  }

  /// The preset whose widths the network has; nil for none.
  public var networkPreset: NetworkPreset? {
    NetworkPreset.allCases.first { $0.widths(for: imageShape) == networkWidths }
  }

  /// The layers that are trained.
  /// - Throws: `ConfigurationError` when no network exists for the shape, the latents or the widths.
  public func network() throws -> NetworkDescription {
    try NetworkDescription(imageShape: imageShape, latents: latents, widths: widths)
  }

  /// How the network differs from that of `other`, each difference in words such as `hidden units 256, not 512`.
  func networkDifferences(from other: TrainingConfiguration) -> [String] {
    func text(_ numbers: [Int]) -> String {
      numbers.isEmpty ? "none" : numbers.map(String.init).joined(separator: ",")
    }
    // Such as `32,32/64/none` of three places for them.
    func lists(_ numbers: [[Int]]) -> String {
      numbers.allSatisfy(\.isEmpty) ? "none" : numbers.map(text).joined(separator: "/")
    }
    func decoderConvolutions(_ widths: NetworkWidths) -> [[Int]] {
      [widths.featureConvolutions] + widths.decoder.map(\.convolutions)
    }
    let (ours, theirs) = (networkWidths, other.networkWidths)
    return [
      ("images", imageShape.description, other.imageShape.description),
      ("latents", latents.description, other.latents.description),
      ("channels", text(ours.encoderChannels), text(theirs.encoderChannels)),
      (
        "channels of the decoder", text(ours.decoderChannels), text(theirs.decoderChannels)
      ),
      ("hidden units", text(ours.hiddenUnits), text(theirs.hiddenUnits)),
      (
        "3x3 convolutions", lists(ours.encoder.map(\.convolutions)),
        lists(theirs.encoder.map(\.convolutions))
      ),
      (
        "3x3 convolutions of the decoder", lists(decoderConvolutions(ours)),
        lists(decoderConvolutions(theirs))
      ),
      ("activation", ours.activation.rawValue, theirs.activation.rawValue),
    ].filter { $0.1 != $0.2 }.map { "\($0.0) \($0.1), not \($0.2)" }
  }
}
