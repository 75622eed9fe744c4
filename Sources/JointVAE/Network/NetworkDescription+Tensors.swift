import JointVAEFiles

extension NetworkDescription {
  /// The network whose weights are `tensors`, read off their names and shapes.
  ///
  /// Only enough of them is read to know the network; whether all are there and fit is for the reader to check.
  /// - Parameters:
  ///   - tensors: all tensors of a checkpoint.
  ///   - activation: what happens to the outputs of its layers, which no tensor tells.
  ///   - image: the shape of its images; nil where it is not known. Images are then squares that halve to whole squares of
  ///     features, as those of published checkpoints do.
  ///   - name: what errors call the tensors' origin, such as a file's path.
  /// - Throws: `FileError` when they belong to no network that can be described.
  public init(
    recognizing tensors: [NamedTensor], ofImages image: ImageShape? = nil,
    activation: HiddenActivation = .rectified, named name: String
  ) throws {
    let shapes = Dictionary(tensors.map { ($0.name, $0.shape) }) { first, _ in first }
    func length(_ tensor: String, axis: Int) -> Int? {
      shapes[tensor].flatMap { $0.indices.contains(axis) ? $0[axis] : nil }
    }
    func count(_ tensor: (Int) -> String) -> Int {
      var index = 0
      while shapes[tensor(index)] != nil { index += 1 }
      return index
    }
    let variables = count { "fc_alphas.\($0).weight" }
    let stages = try Self.encoderStages(shapes, named: name)
    let depth = stages.count
    guard (1...8).contains(depth), let channels = length("\(Self.encoderName(0)).weight", axis: 1)
    else {
      throw FileError(
        name,
        "holds no JointVAE: found \(depth) convolutions img_to_features.N.weight; expected 1 to 8")
    }
    // Such as 1024 features of 64 channels: 16 pixels, 4x4.
    let features = length("\(Self.encoderHiddenName(0)).weight", axis: 1)
    let imageShape =
      try image
      ?? Self.square(
        depth: depth, features: features, lastChannels: stages.last?.output, channels: channels,
        named: name)
    var widths = Self.decoderWidths(shapes, encoder: stages, image: imageShape)
    widths.activation = activation
    let hidden = count { "\(Self.encoderHiddenName($0)).weight" }
    if hidden > 0 {
      widths.hiddenUnits = (0..<hidden).map {
        length("\(Self.encoderHiddenName($0)).weight", axis: 0) ?? 0
      }
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

  /// Squares that halve `depth` times to the pixels of the features.
  private static func square(
    depth: Int, features: Int?, lastChannels: Int?, channels: Int, named name: String
  ) throws -> ImageShape {
    guard let features, let lastChannels, lastChannels > 0, features % lastChannels == 0 else {
      // Something is missing, which the check of all tensors names.
      return ImageShape(size: 4 << depth, channels: channels)
    }
    let pixels = features / lastChannels
    let side = (1...ImageSize.sides.upperBound).first { $0 * $0 >= pixels } ?? 0
    guard side * side == pixels, ImageSize.sides.contains(side << depth) else {
      throw FileError(
        name,
        "does not say which images it is for, and its \(pixels) pixels of features fit several; "
          + "use a safetensors file whose metadata has the key image, such as 48x80x3")
    }
    return ImageShape(size: side << depth, channels: channels)
  }
}
