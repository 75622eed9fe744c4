import JointVAEFiles

// The stages of a network, read off the shapes of its tensors: layers of stride 2 have filters of 4x4, others of 3x3.
extension NetworkDescription {
  /// The stages of the encoder.
  /// - Throws: `FileError` when a 3x3 convolution comes first.
  static func encoderStages(
    _ shapes: [String: [Int]], named name: String
  ) throws -> [NetworkStage] {
    var stages: [NetworkStage] = []
    var index = 0
    while let shape = shapes["\(encoderName(index)).weight"], let channels = shape.first,
      index < layerLimit
    {
      if isSame(shape) {
        guard let last = stages.indices.last else {
          throw FileError(
            name,
            "holds no JointVAE that can be computed: \(encoderName(0)) is a 3x3 convolution; "
              + "expected a 4x4 convolution of stride 2 next to the image")
        }
        stages[last].convolutions.append(channels)
      } else {
        stages.append(NetworkStage(channels: channels))
      }
      index += 1
    }
    return stages
  }

  /// Widths with the decoder that tensors tell.
  ///
  /// A tensor that is missing leaves the paper's number, so that the check of all tensors can name it.
  static func decoderWidths(
    _ shapes: [String: [Int]], encoder: [NetworkStage], image: ImageShape
  ) -> NetworkWidths {
    let paper = NetworkWidths.paper(for: image)
    var widths = NetworkWidths(encoder: encoder, decoder: [], hiddenUnits: paper.hiddenUnits)
    var index = 0
    while widths.decoder.count < encoder.count, index < layerLimit {
      let shape = shapes["\(decoderName(index)).weight"] ?? []
      index += 1
      if isSame(shape) {
        if let last = widths.decoder.indices.last {
          widths.decoder[last].convolutions.append(shape[0])
        } else {
          widths.featureConvolutions.append(shape[0])
        }
      } else {
        let doubling = widths.decoder.count
        let usual =
          paper.decoder.indices.contains(doubling) ? paper.decoder[doubling].channels : 32
        let channels = shape.count > 1 ? shape[1] : usual
        widths.decoder.append(NetworkStage(channels: channels))
      }
    }
    // The last doubling draws the image.
    if widths.decoder.count == encoder.count { widths.decoder.removeLast() }
    return widths
  }

  /// Layers between planes on each side of the latent variables, at most.
  private static let layerLimit = 8 * (1 + NetworkWidths.convolutionLimit)

  private static func isSame(_ shape: [Int]) -> Bool { shape.count == 4 && shape[2...] == [3, 3] }
}
