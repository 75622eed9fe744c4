/// As config.json and training states hold them. Networks of halvings and doublings alone with ReLU have the keys of older
/// versions, and no others.
extension NetworkWidths: Codable {
  private enum Key: String, CodingKey {
    case encoderChannels, decoderChannels, hiddenUnits
    case encoderConvolutions, featureConvolutions, decoderConvolutions, activation
  }

  /// Widths that ``encode(to:)`` wrote.
  /// - Throws: `DecodingError`, also where there are other stages than lists of their convolutions.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    func stages(_ channels: Key, _ convolutions: Key) throws -> [NetworkStage] {
      let numbers = try values.decode([Int].self, forKey: channels)
      let lists = try values.decodeIfPresent([[Int]].self, forKey: convolutions)
      guard lists.map({ $0.count == numbers.count }) ?? true else {
        throw DecodingError.dataCorruptedError(
          forKey: convolutions, in: values,
          debugDescription: "expected a list of channels for each of \(numbers.count) stages")
      }
      return numbers.enumerated().map { index, channels in
        NetworkStage(channels: channels, convolutions: lists?[index] ?? [])
      }
    }
    self.init(
      encoder: try stages(.encoderChannels, .encoderConvolutions),
      featureConvolutions: try values.decodeIfPresent([Int].self, forKey: .featureConvolutions)
        ?? [],
      decoder: try stages(.decoderChannels, .decoderConvolutions),
      hiddenUnits: try values.decode([Int].self, forKey: .hiddenUnits),
      activation: try values.decodeIfPresent(HiddenActivation.self, forKey: .activation)
        ?? .rectified)
  }

  /// Writes lists of channels and units, and what else there is.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: Key.self)
    try values.encode(encoderChannels, forKey: .encoderChannels)
    try values.encode(decoderChannels, forKey: .decoderChannels)
    try values.encode(hiddenUnits, forKey: .hiddenUnits)
    for (key, stages) in [
      (Key.encoderConvolutions, self.encoder), (.decoderConvolutions, self.decoder),
    ] where stages.contains(where: { !$0.convolutions.isEmpty }) {
      try values.encode(stages.map(\.convolutions), forKey: key)
    }
    if !featureConvolutions.isEmpty {
      try values.encode(featureConvolutions, forKey: .featureConvolutions)
    }
    if activation != .rectified { try values.encode(activation, forKey: .activation) }
  }
}
