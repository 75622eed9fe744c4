import Foundation

extension TrainingConfiguration {
  /// Logits of ``initialOutput``, one for each channel; nil without.
  var initialOutputLogits: [Float]? {
    guard let initialOutput else { return nil }
    let values =
      initialOutput.count == 1
      ? Array(repeating: initialOutput[0], count: imageShape.channels) : initialOutput
    return values.map { Float(log($0 / (1 - $0))) }
  }

  /// The initial output for images with these means: to three decimals, and within 0.01 and 0.99, as black and white have no
  /// logit.
  ///
  /// - Parameter means: the mean value of each channel, 0 black to 1 white.
  static func initialOutput(of means: [Double]) -> [Double] {
    means.map { (min(max($0, 0.01), 0.99) * 1_000).rounded() / 1_000 }
  }

  /// - Throws: `ConfigurationError` for values that no logit has, or another number of them than one or the channels.
  func validateInitialOutput() throws {
    guard let initialOutput else { return }
    let channels = imageShape.channels
    let isComplete = initialOutput.count == 1 || initialOutput.count == channels
    guard isComplete, initialOutput.allSatisfy({ $0 > 0 && $0 < 1 }) else {
      let count = channels == 1 ? "a number" : "one number or \(channels), each"
      throw ConfigurationError(
        "initial output", initialOutput.map { "\($0)" }.joined(separator: ","),
        expected: "\(count) above 0 and below 1")
    }
  }
}
