extension NetworkWidths {
  /// How many 3x3 convolutions every stage has, each of its stage's channels; nil where stages differ.
  public var extraConvolutions: Int? {
    let count = encoder.first?.convolutions.count ?? 0
    return self == with(extraConvolutions: count) ? count : nil
  }

  /// The same widths with `count` 3x3 convolutions in every stage, each of its stage's channels.
  ///
  /// They stand behind every halving and, as its mirror, before every doubling: on planes of half the image's size or less.
  /// - Parameter count: how many, 0 for none.
  public func with(extraConvolutions count: Int) -> NetworkWidths {
    func convolutions(_ channels: Int?) -> [Int] {
      channels.map { Array(repeating: $0, count: max(count, 0)) } ?? []
    }
    var widths = self
    widths.encoder = encoder.map {
      NetworkStage(channels: $0.channels, convolutions: convolutions($0.channels))
    }
    widths.decoder = decoder.map {
      NetworkStage(channels: $0.channels, convolutions: convolutions($0.channels))
    }
    widths.featureConvolutions = convolutions(encoder.last?.channels)
    return widths
  }

  /// A layer between planes: its output channels, and whether it has stride 2.
  struct PlaneStep {
    let channels: Int
    let isStrided: Bool
  }

  /// The layers of the encoder in the order of computation.
  var encoderSteps: [PlaneStep] { Self.steps(encoder) }

  /// The layers of the decoder in the order of computation, without the last doubling.
  var decoderSteps: [PlaneStep] {
    featureConvolutions.map { PlaneStep(channels: $0, isStrided: false) } + Self.steps(decoder)
  }

  static func steps(_ stages: some Sequence<NetworkStage>) -> [PlaneStep] {
    stages.flatMap { stage in
      [PlaneStep(channels: stage.channels, isStrided: true)]
        + stage.convolutions.map { PlaneStep(channels: $0, isStrided: false) }
    }
  }
}
