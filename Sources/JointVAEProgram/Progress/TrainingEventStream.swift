import Foundation
import JointVAE
import JointVAEFiles
import JointVAERuns

/// Prints what happens in a training as JSON, one object a line, for programs that drive this one.
///
/// docs/events.md lists the events and their keys.
package final class TrainingEventStream: TrainingObserver {
  private let folder: RunFolder
  private let logInterval: Int
  private let facts: [String: JSONValue]
  private let write: (String) throws -> Void
  private var stopwatch = Stopwatch()

  /// The stream of a run.
  ///
  /// - Parameter write: gets each line with its line feed.
  package init(
    _ run: borrowing TrainingRun, write: @escaping (String) throws -> Void = StandardOutput.write
  ) {
    folder = run.folder
    self.write = write
    let configuration = run.configuration
    logInterval = configuration.logInterval
    let training = configuration.training
    facts = [
      "version": .text(PackageVersion.current), "run": .text(run.folder.path),
      "dataSet": .text(run.images.name), "part": .text(run.images.part),
      "recipe": .text(configuration.recipe), "seed": .text("\(training.seed)"),
      "imageHeight": .whole(training.imageShape.height),
      "imageWidth": .whole(training.imageShape.width),
      "channels": .whole(training.imageShape.channels),
      "continuous": .whole(training.latents.continuous),
      "discrete": .list(training.latents.discrete.map(JSONValue.whole)),
    ]
  }

  /// Prints the event.
  /// - Throws: `FileError` when standard output cannot be written.
  package func observe(_ event: TrainingEvent, of trainer: Trainer) throws -> TrainingDirective {
    switch event {
    case .starting(let course):
      stopwatch = Stopwatch()
      try print(
        "start",
        facts.merging([
          "images": .whole(course.imageCount), "validationImages": .whole(course.validationCount),
          "step": .whole(course.stepsDone), "lastStep": .whole(course.lastStep),
          "stepsPerEpoch": .whole(course.stepsPerEpoch),
        ]) { $1 })
    case .step(let report):
      // The rows of metrics.csv.
      guard report.step == 1 || report.step % logInterval == 0 else { break }
      try print("step", place(report.step, report.epoch).merging(Self.numbers(report.terms)) { $1 })
    case .epoch(let report):
      var values = place(report.step, report.epoch).merging(Self.numbers(report.training)) { $1 }
      values["categoryCounts"] = .list(
        report.categoryCounts.map { .list($0.map(JSONValue.whole)) })
      values["informationBound"] = report.information.map { .number($0.total) }
      values["validation"] = report.validation.map { .object(Self.numbers($0)) }
      try print("epoch", values)
    case .warning(let warning):
      try print("warning", ["step": .whole(trainer.step), "message": .text("\(warning)")])
    case .checkpoint(let step):
      try print("checkpoint", ["step": .whole(step), "model": .text(folder.model)])
    case .ending, .ended: break
    }
    return .proceed
  }

  /// Prints how the run ended, once all of its files are written.
  package func end(_ run: borrowing TrainingRun, _ result: TrainingRun.Result) throws {
    let ending =
      switch result.ending {
      case .finished: "finished"
      case .paused: "paused"
      case .stopped: "stopped"
      }
    var values: [String: JSONValue] = [
      "ending": .text(ending), "step": .whole(result.step), "run": .text(folder.path),
      "model": .text(folder.model), "seconds": .number(stopwatch.seconds),
    ]
    let isThere = FileManager.default.fileExists(atPath:)
    values["report"] = isThere(folder.report) ? .text(folder.report) : nil
    values["explorer"] = isThere(folder.explorer) ? .text(folder.explorer) : nil
    values["pictures"] = .list(folder.pictures.filter(isThere).map(JSONValue.text))
    values["earlyStopStep"] = result.summary.earlyStopStep.map(JSONValue.whole)
    values["information"] = result.summary.kl.information.map { .number($0.total) }
    try print("end", values)
    for warning in run.closingWarnings(result) {
      try print("warning", ["step": .whole(result.step), "message": .text(warning)])
    }
  }

  /// Prints what has nothing to do with a step, such as which seed is trained next.
  static func note(_ message: String) throws {
    try StandardOutput.write(line("note", ["message": .text(message)]))
  }

  /// Prints where a page shows the training.
  static func live(_ address: String) throws {
    try StandardOutput.write(line("live", ["address": .text(address)]))
  }

  /// Prints that the program fails, and why.
  static func failure(_ error: any Error) throws {
    try StandardOutput.write(
      line("error", ["message": .text("\((error as? FileError)?.advised ?? error)")]))
  }

  private func print(_ event: String, _ values: [String: JSONValue]) throws {
    try write(Self.line(event, values))
  }

  private static func line(_ event: String, _ values: [String: JSONValue]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let object = values.merging(["event": .text(event)]) { $1 }
    // What could control a terminal is escaped by the encoder, but for what JSON need not escape.
    return String(decoding: try encoder.encode(object), as: UTF8.self).printableLines + "\n"
  }

  private func place(_ step: Int, _ epoch: Int) -> [String: JSONValue] {
    ["step": .whole(step), "epoch": .whole(epoch), "seconds": .number(stopwatch.seconds)]
  }

  private static func numbers(_ terms: LossTerms) -> [String: JSONValue] {
    [
      "loss": .number(terms.loss), "reconstruction": .number(terms.reconstruction),
      "continuousKL": .number(terms.continuousKL), "discreteKL": .number(terms.discreteKL),
      "terms": .object(
        Dictionary(
          terms.measurements.map { ($0.name, JSONValue.number($0.value)) },
          uniquingKeysWith: { first, _ in first })),
    ]
  }
}

/// A value of JSON.
private enum JSONValue: Encodable {
  case text(String)
  case whole(Int)
  /// Null where it is not finite, for which JSON has no word.
  case number(Double)
  case list([JSONValue])
  case object([String: JSONValue])

  func encode(to encoder: any Encoder) throws {
    var value = encoder.singleValueContainer()
    switch self {
    case .text(let text): try value.encode(text)
    case .whole(let number): try value.encode(number)
    case .number(let number):
      if number.isFinite { try value.encode(number) } else { try value.encodeNil() }
    case .list(let values): try value.encode(values)
    case .object(let values): try value.encode(values)
    }
  }
}
