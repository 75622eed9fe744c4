import Foundation
import JointVAE
import JointVAEData
import JointVAEFiles
import JointVAEMetrics
import JointVAERuns

/// Appends to an event file what a run's folder has got since the last look.
///
/// The numbers are those of metrics.csv and epochs.csv. So they are the same whether a training is followed while it goes
/// on, after a stop, or when it is over.
final class RunFollower {
  private let folder: RunFolder
  private let configuration: RunConfiguration
  private let file: EventFile
  private let metrics: GrowingTable
  private let epochs: GrowingTable
  private var scalars: RunScalars
  /// The last step that each tag has.
  private var last: [String: Int]
  /// When the run began, as if it had never waited, in seconds since 1970.
  private let beginning: Double

  /// Follows the run in `folder`, whose rows do not go beyond `step` yet.
  ///
  /// - Parameters:
  ///   - folder: the run.
  ///   - configuration: its settings.
  ///   - events: where the event files are.
  ///   - path: the file to begin.
  ///   - step: the steps that are done.
  ///   - last: the last step that is left for each tag of earlier files; nil when there are none.
  ///   - end: the time of the last row there is.
  /// - Throws: `FileError` when a file cannot be read or written.
  init(
    _ folder: RunFolder, _ configuration: RunConfiguration, file path: String, after step: Int,
    last: [String: Int]?, end: Double
  ) throws {
    self.folder = folder
    self.configuration = configuration
    self.last = last ?? [:]
    metrics = GrowingTable(folder.metrics)
    epochs = GrowingTable(folder.epochs)
    scalars = RunScalars(configuration.training)
    let table = GrowingTable(folder.metrics)
    let seconds = try table.next().last.flatMap { RunScalars.seconds($0, table.columns) }
    beginning = end - (seconds ?? 0)
    var events = [Event(time: beginning, step: 0, .version)]
    if last == nil {
      let run = TaggedValue(RunIdentity.tag, .text(try RunIdentity.text(configuration)))
      let parameters = HyperParameters.beginning(
        RunIdentity.settings(configuration), scores: RunScores.tags, time: beginning)
      events.append(Event(time: beginning, step: 0, .values([run] + parameters)))
    } else {
      events.append(Event(time: end, step: step + 1, .restart))
    }
    file = try EventFile(creating: path, events)
  }

  /// Appends the rows that are new.
  /// - Throws: `FileError` when a file cannot be read or written.
  func follow() throws {
    var events: [Event] = []
    for row in try metrics.next() {
      guard let (step, values) = scalars.steps(row, metrics.columns) else { continue }
      add(step, values, row, metrics.columns, to: &events)
    }
    for row in try epochs.next() {
      guard let (step, values) = scalars.epochs(row, epochs.columns) else { continue }
      add(step, values, row, epochs.columns, to: &events)
    }
    // Steps grow within each table.
    for event in events.enumerated().sorted(by: {
      ($0.element.step, $0.offset) < ($1.element.step, $1.offset)
    }) {
      try file.append(event.element)
    }
  }

  /// Appends the pictures of the checkpoint of `step`, and what its latents carry, unless they are there already.
  /// - Returns: sentences on pictures that cannot be read, as when they were removed or damaged.
  /// - Throws: `FileError` when the summary cannot be read or the events cannot be written.
  @discardableResult
  func addPictures(of step: Int) throws -> [String] {
    guard last["pictures/samples"] != step, PathKind.isFile(folder.summary) else { return [] }
    let summary = try RunSummary(contentsOf: folder.summary)
    // A model whose numbers have run away leaves the checkpoint before it.
    guard summary.step == step else { return [] }
    var remarks: [String] = []
    var values = [
      ("samples", folder.samples), ("reconstructions", folder.reconstructions),
      ("traversals", folder.traversals),
    ].compactMap { name, path -> TaggedValue? in
      do {
        guard let picture = EncodedPicture(png: try BoundedFile.read(path, limit: 1 << 28)) else {
          remarks.append("\(path): is no PNG; the events lack it")
          return nil
        }
        return TaggedValue("pictures/\(name)", .picture(picture))
      } catch {
        remarks.append("\(error); the events lack it")
        return nil
      }
    }
    if let information = summary.kl.information {
      let carried = configuration.training.latents.variables.map { variable in
        ("\(variable)", information[variable])
      }
      values += (carried + [("total", information.total)]).map {
        TaggedValue("information/\($0)", .scalar(Float($1)))
      }
    }
    try append(step, values)
    return remarks
  }

  /// Appends histograms of what the model finds in some images, unless they are there already.
  /// - Throws: `FileError` when the file cannot be written; `ModelError` for images of another shape.
  func addHistograms(of model: JointVAEModel, on images: ImageBatch, step: Int) throws {
    guard last["z/z0"] != step, last["categories/c0"] != step else { return }
    try append(step, CodeHistograms.values(of: model, on: images))
  }

  /// Appends the scores of the last model that are not there already.
  /// - Throws: `FileError` when a file cannot be read or written.
  func addScores(step: Int) throws {
    let scores = try RunScores.values(of: folder, configuration)
    try append(step, scores.filter { last[$0.tag] != step })
  }

  /// Appends that the run has its full length.
  /// - Throws: `FileError` when the file cannot be written.
  func addEnd(step: Int) throws { try append(step, [HyperParameters.end(time: Self.now)]) }

  /// Makes all events survive a power cut.
  /// - Throws: `FileError` when the disk refuses.
  func flush() throws { try file.flush() }

  /// Seconds since 1970.
  static var now: Double { Date.now.timeIntervalSince1970 }

  private func append(_ step: Int, _ values: [TaggedValue]) throws {
    guard !values.isEmpty else { return }
    for value in values { last[value.tag] = step }
    try file.append(Event(time: Self.now, step: step, .values(values)))
  }

  private func add(
    _ step: Int, _ values: [TaggedValue], _ row: [Double?], _ columns: [String],
    to events: inout [Event]
  ) {
    let new = values.filter { last[$0.tag].map { $0 < step } ?? true }
    guard !new.isEmpty else { return }
    for value in new { last[value.tag] = step }
    let time = beginning + (RunScalars.seconds(row, columns) ?? 0)
    events.append(Event(time: time, step: step, .values(new)))
  }
}
