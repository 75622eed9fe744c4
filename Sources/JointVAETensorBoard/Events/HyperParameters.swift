import JointVAEFiles

/// A run's settings and final scores for TensorBoard's table of hyper-parameters.
///
/// Messages of `plugins/hparams/plugin_data.proto` and `api.proto` of TensorBoard.
package enum HyperParameters {
  /// A setting's value.
  package enum Value: Equatable {
    /// A number.
    case number(Double)
    /// A text.
    case text(String)
  }

  /// What begins a run: the names of settings and scores, then the settings.
  ///
  /// - Parameters:
  ///   - settings: values by name, in their order.
  ///   - scores: the tags of the scores that the run may have.
  ///   - time: seconds since 1970.
  package static func beginning(
    _ settings: [(name: String, value: Value)], scores: [String], time: Double
  ) -> [TaggedValue] {
    let experiment = message(2) { experiment in
      experiment.double(3, time)
      for setting in settings {
        experiment.message(4) {
          $0.text(1, setting.name)
          if case .number = setting.value { $0.integer(4, 3) } else { $0.integer(4, 1) }
        }
      }
      for tag in scores {
        experiment.message(5) { metric in metric.message(1) { $0.text(2, tag) } }
      }
    }
    let start = message(3) { session in
      for setting in settings {
        session.message(1) { entry in
          entry.text(1, setting.name)
          entry.message(2) {
            switch setting.value {
            case .number(let number): $0.double(2, number)
            case .text(let text): $0.text(3, text)
            }
          }
        }
      }
      session.double(5, time)
    }
    return [
      TaggedValue("_hparams_/experiment", .plugin(name: plugin, content: experiment)),
      TaggedValue("_hparams_/session_start_info", .plugin(name: plugin, content: start)),
    ]
  }

  /// What ends a run that has its full length.
  /// - Parameter time: seconds since 1970.
  package static func end(time: Double) -> TaggedValue {
    let end = message(4) {
      $0.integer(1, 1)
      $0.double(2, time)
    }
    return TaggedValue(endTag, .plugin(name: plugin, content: end))
  }

  /// The tag of what ends a run.
  package static let endTag = "_hparams_/session_end_info"
  private static let plugin = "hparams"

  private static func message(_ field: Int, _ body: (inout WireWriter) -> Void) -> [UInt8] {
    var writer = WireWriter()
    writer.integer(1, 0)
    writer.message(field, body)
    return writer.bytes
  }
}
