import JointVAE
import JointVAEFiles
import JointVAEImages

/// All images of one part of a data set, from its files to what a model takes.
struct SourcePreparation: Sendable {
  let location: DataLocation
  let request: DataSetRequest
  /// The data set the files belong to; nil for other data.
  let known: KnownDataSet?
  /// Nil for one a core.
  let threads: Int?
  let progress: (@Sendable (PreparationProgress) -> Void)?

  /// What was made of the files, but for the pixels.
  private struct Contents {
    var count: Int
    var split: DataSplit?
    var labels: [Int]?
    var classNames: [String] = []
    var factors: [KnownFactor] = []
    var report: PreparationReport
    /// Of the prepared images.
    var size: ImageSize
  }

  /// Reads, prepares and keeps the images.
  ///
  /// - Parameters:
  ///   - key: what they are kept under in `cache`; nil keeps them in memory.
  ///   - remark: what a user should know.
  ///   - verify: is called when all is read, before anything is kept.
  func images(
    key: PreparedHeader.Key, cache: PreparedCache?, remark: String? = nil,
    verify: () throws -> Void
  ) throws -> LabeledImages {
    let file = try cache?.newFile(for: key)
    var (contents, output) = try contents(file)
    try verify()
    try invert(&contents.report, output, count: contents.count)
    contents.report.remarks += remark.map { [$0] } ?? []
    return try keep(contents, output, key)
  }

  private func contents(_ file: PartialFile?) throws -> (Contents, PixelOutput) {
    var expectation = PixelExpectation(values: request.preparation.values)
    while true {
      do {
        return try contents(file, expectation)
      } catch let beyond as CollectionPreparation.ValuesBeyondRange {
        throw location.unusual(beyond.found, wanted: expectation.values, in: beyond.name)
      } catch let refuted as ScaleRefuted {
        // Of several arrays each may hold what the others do not, so the ranges are joined until they hold all.
        let found = expectation.found.map { $0.union(refuted.found) } ?? refuted.found
        if expectation.values == nil, found == expectation.found,
          let values = known?.unusualValues, values.union(found) == values
        {
          expectation = PixelExpectation(values: values)
          continue
        }
        guard expectation.values == nil, found != expectation.found else {
          throw location.unusual(found, wanted: expectation.values)
        }
        expectation.found = found
      }
    }
  }

  private func contents(
    _ file: PartialFile?, _ expectation: PixelExpectation
  ) throws -> (Contents, PixelOutput) {
    switch try DataSource(location, request, known: known, threads: threads) {
    case .array(let source, let split, let remarks):
      // Images in files of their own stand upright.
      let isTransposed = request.preparation.isTransposed ?? known?.isTransposed ?? false
      let reader = isTransposed ? try CombinedImages([source], isTransposed: true) : source
      try reader.expect(expectation)
      return try read(reader, split, remarks + location.remarks, file)
    case .collection(let collection, let index):
      let items = try index.items(
        of: request.wantedSplit, isRequired: request.split != nil, at: location.path)
      let size = try request.preparation.size ?? guessedSize(collection, items)
      let color = request.preparation.color
      let common = (collection, index, items, size, file)
      if request.preparation.alpha == .keep {
        return try decode(common, channels: 4, expectsGray: false)
      }
      do {
        return try decode(common, channels: color == .rgb ? 3 : 1, expectsGray: color == nil)
      } catch is CollectionPreparation.ColorFound {
        return try decode(common, channels: 3, expectsGray: false)
      }
    }
  }

  // MARK: Images of one size

  /// Images whose range of values can be trusted to be that of a whole set.
  private static let tellingCount = 20

  private func read(
    _ reader: any ImageArrayReader, _ split: DataSplit?, _ remarks: [String],
    _ file: PartialFile?
  ) throws -> (Contents, PixelOutput) {
    guard request.preparation.alpha != .keep else {
      throw FileError(
        reader.path, "holds arrays, which have no alpha to keep; take images, such as PNG files")
    }
    let size = request.preparation.size(for: reader.width, reader.height)
    let channels = request.preparation.color.map { $0 == .gray ? 1 : 3 } ?? reader.channels
    let preparer = preparer(size: size, channels: channels)
    // Bits stay bits when nothing changes them.
    let isUntouched =
      ImageSize(height: reader.height, width: reader.width) == size && reader.channels == channels
    let output = PixelOutput(
      valueCount: preparer.valueCount, encoding: reader.isBinary && isUntouched ? .bits : .bytes,
      file: file)
    if file == nil { try requireMemory(reader.count ?? 0, output) }
    let work = ArrayPreparation(
      preparer: preparer, width: reader.width, height: reader.height, channels: reader.channels,
      threads: threads)
    var border: BorderHistogram? = channels == 1 ? BorderHistogram() : nil
    let count = try work.run(reader, to: output, border: &border) { tell($0, of: reader.count) }
    guard count > 0 else {
      throw FileError(reader.path, "holds no images; expected at least one")
    }
    var report = PreparationReport(
      width: reader.width, height: reader.height, channels: channels)
    report.oblongCount = preparer.hasShape(reader.width, reader.height) ? 0 : count
    report.border = border?.border
    report.remarks = remarks
    report.values = reader.values.map { PreparationReport.Values(found: $0.found, scale: $0.range) }
    // Values that are given, or of a known set, are what they are meant to be. A few images say little about the rest: of
    // these, a remark is enough.
    if known == nil, request.preparation.values == nil, count >= Self.tellingCount,
      let values = report.values,
      reader.values?.isBinary == false, values.areNearlyBlack
    {
      throw location.nearlyBlack(values)
    }
    let classes = try ClassNumbers.of(reader.labels, known: known, path: reader.path)
    return (
      Contents(
        count: count, split: split, labels: classes?.labels, classNames: classes?.names ?? [],
        factors: reader.factors, report: report, size: size),
      output
    )
  }

  // MARK: Images in files of their own

  private func decode(
    _ work: (
      collection: any FileCollection, index: CollectionIndex, items: [CollectionIndex.Item],
      size: ImageSize, file: PartialFile?
    ), channels: Int, expectsGray: Bool
  ) throws -> (Contents, PixelOutput) {
    let preparer = preparer(size: work.size, channels: channels)
    let output = PixelOutput(valueCount: preparer.valueCount, encoding: .bytes, file: work.file)
    if work.file == nil { try requireMemory(work.items.count, output) }
    let total = work.items.count
    let outcome = try CollectionPreparation(
      collection: work.collection, members: work.items.map(\.member), preparer: preparer,
      values: request.preparation.values, background: request.preparation.background,
      keepsAlpha: request.preparation.alpha == .keep,
      isTransposed: request.preparation.isTransposed ?? false, isStrict: request.isStrict,
      threads: threads
    ).run(to: output, expectsGray: expectsGray) { tell($0, of: total) }
    var report = outcome.report
    report.border = channels == 1 ? outcome.border.border : nil
    report.skippedFileCount = work.index.skippedFileCount
    report.skippedFiles = Array(work.index.skippedFiles.prefix(NameList.limit))
    report.remarks = work.index.remarks + location.remarks
    let kept = outcome.kept.map { work.items[$0].className }
    let classes = try ClassNumbers.of(
      kept, all: work.index.items.map(\.className), known: known, path: location.path)
    return (
      Contents(
        count: kept.count, split: work.items[0].split, labels: classes?.labels,
        classNames: classes?.names ?? [], report: report, size: work.size),
      output
    )
  }

  /// The size that suits the first image that can be read.
  private func guessedSize(
    _ collection: any FileCollection, _ items: [CollectionIndex.Item]
  ) throws -> ImageSize {
    let first = FirstImage(collection, items.map(\.member))
    guard let image = try first.outline() else { return 64 }
    return request.preparation.size(for: image.width, image.height)
  }

  // MARK: All

  private func preparer(size: ImageSize, channels: Int) -> ImagePreparer {
    let box: ImagePreparer.Box? =
      if case .files(let layout) = known?.source { layout.box } else { nil }
    return ImagePreparer(size: size, channels: channels, fit: request.preparation.fit, box: box)
  }

  private func invert(
    _ report: inout PreparationReport, _ output: PixelOutput, count: Int
  ) throws {
    switch request.preparation.inversion {
    case .off: return
    case .on: break
    case .auto: guard report.border == .light else { return }
    }
    report.isInverted = true
    try output.withBytes(count) { bytes in
      // Of a byte as of eight bits, the complement is what is missing to white.
      for index in bytes.indices { bytes[index] = ~bytes[index] }
    }
  }

  private func keep(
    _ contents: Contents, _ output: PixelOutput, _ key: PreparedHeader.Key
  ) throws -> LabeledImages {
    let shape = ImageShape(size: contents.size, channels: contents.report.channels)
    let header = PreparedHeader(
      key: key, name: known?.name ?? request.dataSet, part: contents.split?.rawValue ?? "all",
      origin: location.path, imageShape: shape, count: contents.count, encoding: output.encoding,
      hasLabels: contents.labels != nil, classNames: contents.classNames,
      factors: contents.factors.map { PreparedHeader.Factor(name: $0.name, unit: $0.unit) },
      report: contents.report, checksums: [])
    let pixels = try output.finish(contents.count) { pixels in
      try PreparedFile.trailer(
        header, labels: contents.labels, factors: contents.factors, pixels: pixels,
        threads: threads)
    }
    return LabeledImages(
      name: header.name, part: header.part, origin: header.origin, imageShape: shape,
      count: header.count, labels: contents.labels, classNames: header.classNames,
      factors: contents.factors, preparation: header.report, pixels: pixels, positions: nil)
  }

  private func requireMemory(_ count: Int, _ output: PixelOutput) throws {
    guard DataLimits.byteCount(count, output.imageByteCount) != nil else {
      throw FileError(
        location.path,
        "holds \(count) images, too many for this machine's memory; choose a smaller image size")
    }
  }

  private func tell(_ done: Int, of total: Int?) {
    progress?(
      PreparationProgress(dataSet: known?.name ?? request.dataSet, done: done, total: total))
  }
}
