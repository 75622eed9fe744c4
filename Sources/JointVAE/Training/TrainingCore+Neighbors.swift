import JointVAECheckpoints
import JointVAEFiles
import JointVAEKernels

/// Twins that are neighbors: where they are found, drawn and kept.
extension TrainingCore {
  /// Finds the neighbors of all images with the weights as they are, where the settings want it after so many steps.
  /// - Throws: `ConfigurationError` for other images than those whose neighbors are known.
  func findNeighbors(in images: some ImageSource) throws {
    guard let settings = configuration.pairing?.neighbors else { return }
    if settings.steps.contains(stepsDone) {
      try settings.validate(imageCount: images.count)
      let units = engine.forward.hiddenUnits
      neighbors = NeighborTable(
        nearest: settings.count, of: engine.forward.hiddenVectors(of: images), count: images.count,
        units: units, workers: engine.workers, instructions: instructionSet)
    }
    if let neighbors, neighbors.count != images.count {
      throw ConfigurationError(
        "images to train on", "\(images.count)",
        expected: "the \(neighbors.count) images whose neighbors the training state holds")
    }
  }

  /// The images that the twins of a step's images are copies of.
  func twins(of indices: ArraySlice<Int>, step: Int) -> [Int] {
    guard let neighbors, let share = configuration.pairing?.neighbors?.share else {
      return Array(indices)
    }
    return indices.enumerated().map { sample, index in
      neighbors.twin(
        of: index, share: share, seed: configuration.seed, step: step, sample: sample)
    }
  }

  /// The table as a training state holds it; none before the first finding.
  var neighborTensors: [NamedTensor] {
    guard let neighbors else { return [] }
    return [
      NamedTensor(
        name: Self.neighborsName, shape: [neighbors.count, neighbors.width],
        elements: .int64(neighbors.indices.map(Int64.init)))
    ]
  }

  /// Takes up the table that a state after `step` steps has to hold.
  /// - Throws: `FileError` for a state without it.
  func restoreNeighbors(from file: Safetensors, step: Int, path: String) throws {
    guard let settings = configuration.pairing?.neighbors, let first = settings.steps.first,
      step > first
    else { return }
    guard case .int64(let numbers)? = file[Self.neighborsName]?.elements,
      let table = NeighborTable(
        width: settings.count, indices: numbers.map { Int(clamping: $0) })
    else {
      throw FileError(
        path, "does not hold \(settings.count) neighbors of each image (\(Self.neighborsName))")
    }
    neighbors = table
  }

  private static let neighborsName = "pairs.neighbors"
}

extension Engine {
  /// Units of the layer before the heads, padded to a multiple of 32.
  var hiddenUnits: Int { network.dense[network.heads].input.count }

  /// What the layer before the heads says of each image of a source, `[image, unit]`, with rows of zeros behind the last.
  func hiddenVectors(of images: some ImageSource) -> FloatBuffer {
    let valueCount = network.imageShape.valueCount
    let layout = network.dense[network.heads].input
    let hidden = activations.dense[network.heads].input.start
    let vectors = FloatBuffer(count: NeighborTable.rows(images.count) * layout.count)
    let pixels = UnsafeMutableBufferPointer<UInt8>.allocate(
      capacity: activations.capacity * valueCount)
    defer { pixels.deallocate() }
    guard let bytes = pixels.baseAddress else { return vectors }
    let indices = Array(0..<images.count)
    for start in stride(from: 0, to: images.count, by: activations.capacity) {
      let batch = indices[start..<min(start + activations.capacity, images.count)]
      images.copyImages(
        at: batch,
        to: UnsafeMutableBufferPointer(rebasing: pixels[..<(batch.count * valueCount)]))
      encode(.bytes(bytes), parts: slices(batch.count))
      for sample in 0..<batch.count {
        let vector = vectors.start + (start + sample) * layout.count
        for row in 0..<layout.rows {
          (vector + row * layout.run).update(
            from: hidden + sample * layout.sample + layout.origin + row * layout.row,
            count: layout.run)
        }
      }
    }
    return vectors
  }
}
