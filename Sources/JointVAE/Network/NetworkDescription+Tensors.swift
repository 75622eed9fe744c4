import JointVAEFiles

extension NetworkDescription {
  /// The network whose weights are `tensors`, read off their names and shapes.
  ///
  /// Only enough of them is read to know the network; whether all are there and fit is for the reader to check.
  /// - Parameters:
  ///   - tensors: all tensors of a checkpoint.
  ///   - name: what errors call the tensors' origin, such as a file's path.
  /// - Throws: `FileError` when they belong to no network that can be described.
  public init(recognizing tensors: [NamedTensor], named name: String) throws {
    let shapes = Dictionary(tensors.map { ($0.name, $0.shape) }) { first, _ in first }
    func length(_ tensor: String, axis: Int) -> Int? {
      shapes[tensor].flatMap { $0.indices.contains(axis) ? $0[axis] : nil }
    }
    func count(_ tensor: (Int) -> String) -> Int {
      var index = 0
      while shapes[tensor(index)] != nil { index += 1 }
      return index
    }
    let depth = count { "\(Self.encoderName($0)).weight" }
    let variables = count { "fc_alphas.\($0).weight" }
    guard (2...5).contains(depth), let channels = length("\(Self.encoderName(0)).weight", axis: 1)
    else {
      throw FileError(
        name,
        "holds no JointVAE: found \(depth) convolutions img_to_features.N.weight; expected 2 to 5")
    }
    let imageShape = ImageShape(size: 4 << depth, channels: channels)
    // A tensor that is missing leaves the paper's number, so that the check of all tensors can name it.
    var widths = NetworkWidths.paper(for: imageShape)
    for index in widths.encoderChannels.indices {
      if let length = length("\(Self.encoderName(index)).weight", axis: 0) {
        widths.encoderChannels[index] = length
      }
    }
    for index in widths.decoderChannels.indices {
      if let length = length("\(Self.decoderName(index)).weight", axis: 1) {
        widths.decoderChannels[index] = length
      }
    }
    if let units = length("\(Self.encoderHiddenName).weight", axis: 0) {
      widths.hiddenUnits = units
    }
    do {
      try self.init(
        imageShape: imageShape,
        latents: LatentSpec(
          continuous: length("fc_mean.weight", axis: 0) ?? 0,
          discrete: (0..<variables).map { length("fc_alphas.\($0).weight", axis: 0) ?? 0 }),
        widths: widths)
    } catch let error as ConfigurationError {
      throw FileError(name, "holds no JointVAE: \(error)")
    }
  }
}
