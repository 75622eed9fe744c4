import JointVAEFiles
import JointVAEImages
import Synchronization

/// Images in files of their own, decoded and prepared on all cores.
struct CollectionPreparation: Sendable {
  let collection: any FileCollection
  /// The members of the collection that are meant to be images.
  let members: [Int]
  let preparer: ImagePreparer
  /// The values that become black and white; nil for those of the files' formats.
  let values: ValueRange?
  /// The gray that shows through where an image is transparent.
  let background: UInt8
  /// Whether images have red, green, blue and alpha.
  let keepsAlpha: Bool
  /// Whether images lie on their side.
  let isTransposed: Bool
  /// Whether an image that cannot be read is an error; otherwise it is left out and named.
  let isStrict: Bool
  /// Nil for one a core.
  let threads: Int?

  /// What became of the members.
  struct Outcome: Sendable {
    /// The positions in `members` of those that became images, in their order.
    var kept: [Int] = []
    var report: PreparationReport
    var border: BorderHistogram
  }

  /// Thrown when a file has values beyond those that were given for black and white.
  struct ValuesBeyondRange: Error {
    var name: String
    var found: ValueRange
  }

  /// Thrown when colored images turn up where all were thought to be gray.
  struct ColorFound: Error {}

  /// Pixels of an image, 2048 x 2048, beyond which it is decoded alone.
  private static let largePixelCount = 1 << 22

  private struct State {
    var done = 0
    var broken: [(position: Int, problem: String)] = []
    var report: PreparationReport?
    var border = BorderHistogram()
  }

  /// Decodes, prepares and keeps all images.
  ///
  /// - Parameters:
  ///   - expectsGray: whether a colored image is to end the work with `ColorFound`.
  ///   - progress: gets the number of images that are done, from one thread at a time.
  /// - Throws: `FileError` for the collection, for a broken image when `isStrict`, and when no image
  ///   is left; what the output throws.
  func run(
    to output: PixelOutput, expectsGray: Bool, progress: @Sendable (Int) -> Void
  ) throws -> Outcome {
    let state = Mutex(State())
    // Large images take their turn: a few bytes can ask for a gigabyte, and as many at once as there are cores would ask
    // for more than there is.
    let turn = Mutex(())
    try collection.forEach(members, threads: threads) { position, bytes in
      do {
        let bytes = try bytes.get()
        if (ImageClaim.pixelCount(of: bytes) ?? 0) > Self.largePixelCount {
          try turn.withLock { _ in
            try keep(bytes, position, to: output, expectsGray: expectsGray, state)
          }
        } else {
          try keep(bytes, position, to: output, expectsGray: expectsGray, state)
        }
      } catch let error as FileError where !isStrict {
        state.withLock { $0.broken.append((position, "\(error)")) }
      }
      state.withLock {
        $0.done += 1
        progress($0.done)
      }
    }
    return try state.withLock { try outcome($0, output) }
  }

  private func keep(
    _ bytes: [UInt8], _ position: Int, to output: PixelOutput, expectsGray: Bool,
    _ state: borrowing Mutex<State>
  ) throws {
    let name = "\(collection.path)/\(collection.members[members[position]].name)"
    let decoded: DecodedImage
    do {
      decoded = try DecodedImage(
        encoded: bytes, name: name, background: background,
        spread: values.map { $0.minimum...$0.maximum }, keepsAlpha: keepsAlpha)
    } catch let beyond as SamplesBeyondRange {
      // The file is as sound as the others. What is wrong is the range that was given.
      throw ValuesBeyondRange(
        name: name, found: ValueRange(Double(beyond.samples.least), Double(beyond.samples.most)))
    }
    let image = isTransposed ? decoded.image.transposed : decoded.image
    let samples = PreparationReport.Values(
      found: ValueRange(Double(decoded.samples.least), Double(decoded.samples.most)),
      scale: values ?? ValueRange(0, Double(decoded.samples.limit)))
    if expectsGray && image.channels == 3 { throw ColorFound() }
    let prepared = preparer.prepared(image)
    try prepared.pixels.withUnsafeBufferPointer { try output.write($0, from: position) }
    state.withLock { state in
      var report =
        state.report
        ?? PreparationReport(
          width: image.width, height: image.height, channels: preparer.channels)
      report.include(width: image.width, height: image.height)
      report.include(samples)
      report.oblongCount += preparer.hasShape(image.width, image.height) ? 0 : 1
      state.report = report
      if preparer.channels == 1 {
        prepared.pixels.withUnsafeBufferPointer { state.border.add($0, size: preparer.size) }
      }
    }
  }

  /// Closes the gaps that broken images left.
  private func outcome(_ state: State, _ output: PixelOutput) throws -> Outcome {
    let broken = state.broken.sorted { $0.position < $1.position }
    guard var report = state.report else {
      let reason = broken.first.map { "; the first: \($0.problem)" } ?? ""
      throw FileError(collection.path, "holds no image that can be read\(reason)")
    }
    let missing = Set(broken.map(\.position))
    let kept = members.indices.filter { !missing.contains($0) }
    if !missing.isEmpty {
      let length = output.imageByteCount
      try output.withBytes((kept.last ?? 0) + 1) { bytes in
        for (place, position) in kept.enumerated() where place != position {
          let image = UnsafeRawBufferPointer(
            rebasing: bytes[position * length..<(position + 1) * length])
          UnsafeMutableRawBufferPointer(rebasing: bytes[(place * length)...]).copyMemory(
            from: image)
        }
      }
    }
    report.brokenImageCount = broken.count
    report.brokenImages = broken.prefix(PreparationReport.brokenImageLimit).map(\.problem)
    return Outcome(kept: kept, report: report, border: state.border)
  }
}

extension Image {
  /// The image with rows and columns exchanged.
  fileprivate var transposed: Image {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(self.pixels.count)
    for x in 0..<width {
      for y in 0..<height {
        let place = (y * width + x) * channels
        pixels += self.pixels[place..<place + channels]
      }
    }
    return Image(width: height, height: width, channels: channels, pixels: pixels)
  }
}
