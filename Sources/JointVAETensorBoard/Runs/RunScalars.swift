import JointVAE
import JointVAERuns

/// The tags of a run's numbers, and the events of its rows.
struct RunScalars {
  private let configuration: TrainingConfiguration
  /// Step and seconds of the row before.
  private var previous: (step: Int, seconds: Double)?

  init(_ configuration: TrainingConfiguration) { self.configuration = configuration }

  /// The values of a row of metrics.csv with its step; nil for a row without one.
  ///
  /// - Parameters:
  ///   - row: a number a column.
  ///   - columns: the header.
  mutating func steps(
    _ row: [Double?], _ columns: [String]
  ) -> (step: Int, values: [TaggedValue])? {
    guard let step = Self.step(row, columns) else { return nil }
    let latents = Set(MetricsColumns(header: columns).latents)
    var values = zip(columns, row).compactMap { column, value -> TaggedValue? in
      guard let value, !["step", "epoch", "seconds"].contains(column) else { return nil }
      let tag = latents.contains(column) ? "kl/\(column.dropFirst(3))" : "objective/\(column)"
      return TaggedValue(tag, .scalar(Float(value)))
    }
    values.append(
      TaggedValue(
        "training/learning_rate",
        .scalar(Float(configuration.optimizer(atStep: step).learningRate))))
    if let epoch = Self.value("epoch", row, columns) {
      values.append(TaggedValue("training/epoch", .scalar(Float(epoch))))
    }
    if let seconds = Self.value("seconds", row, columns) {
      if let previous, seconds > previous.seconds {
        let images = Double((step - previous.step) * configuration.imagesPerStep)
        values.append(
          TaggedValue(
            "training/images_per_second",
            .scalar(Float(images / (seconds - previous.seconds)))))
      }
      previous = (step, seconds)
    }
    return (step, values)
  }

  /// The values of a row of epochs.csv with its step; nil for a row without one.
  func epochs(_ row: [Double?], _ columns: [String]) -> (step: Int, values: [TaggedValue])? {
    guard let step = Self.step(row, columns) else { return nil }
    let validation = "validation_"
    return (
      step,
      zip(columns, row).compactMap { column, value in
        guard let value, !["step", "epoch", "seconds"].contains(column) else { return nil }
        let tag =
          column.hasPrefix(validation)
          ? "validation/\(column.dropFirst(validation.count))" : "epoch/\(column)"
        return TaggedValue(tag, .scalar(Float(value)))
      }
    )
  }

  /// Seconds of a row since the run began.
  static func seconds(_ row: [Double?], _ columns: [String]) -> Double? {
    value("seconds", row, columns)
  }

  private static func step(_ row: [Double?], _ columns: [String]) -> Int? {
    value("step", row, columns).flatMap { Int(exactly: $0) }
  }

  private static func value(_ name: String, _ row: [Double?], _ columns: [String]) -> Double? {
    columns.firstIndex(of: name).flatMap { row.indices.contains($0) ? row[$0] : nil }
  }
}
