import JointVAEFiles

/// The words of a run's progress.
package struct ProgressLine: Sendable {
  /// What is said.
  package var status: TrainingStatus

  /// The words for `status`.
  package init(_ status: TrainingStatus) { self.status = status }

  /// The whole line, as a pipe gets it.
  package var plain: String { parts.joined(separator: "  ") }

  /// The numbers a run ended with, without its place and pace.
  var results: String {
    parts.filter { part in !part.hasPrefix("step ") && !part.hasSuffix(" left") }
      .joined(separator: ", ")
  }

  /// A line of at most `width` columns with a bar.
  ///
  /// What matters least goes first when it is narrow.
  package func bar(width: Int, color: Bool = false) -> String {
    var words = parts
    // The order in which words give way: terms, rate, step, validation, categories, active, KL_c, loss, KL_z.
    for name in status.terms.map({ "\($0.name) " }) + [
      "images/s", "step ", "validation ", "categories ", "active ", "KL_c ", "loss ", "KL_z ",
    ] {
      if Self.length(words) + Self.shortestBar + 2 <= width { break }
      words.removeAll { $0.hasPrefix(name) || $0.hasSuffix(name) }
    }
    let room = min(Self.longestBar, width - Self.length(words) - 2)
    guard room >= Self.shortestBar else {
      return String(words.joined(separator: "  ").prefix(max(0, width)))
    }
    return ([words[0], drawing(room, color: color)] + words.dropFirst()).joined(separator: "  ")
  }

  private static let shortestBar = 8
  private static let longestBar = 30

  private static func length(_ words: [String]) -> Int {
    words.reduce(0) { $0 + $1.count } + 2 * max(0, words.count - 1)
  }

  private func drawing(_ width: Int, color: Bool) -> String {
    let inner = width - 2
    let share = status.steps > 0 ? min(1, Double(status.step) / Double(status.steps)) : 0
    let done = Int(share * Double(inner))
    let filled = String(repeating: "=", count: done)
    let rest = String(repeating: "-", count: inner - done)
    return color ? "[\u{1B}[32m\(filled)\u{1B}[0m\(rest)]" : "[\(filled)\(rest)]"
  }

  private var parts: [String] {
    var parts = ["epoch \(status.epoch)/\(status.epochs)", "step \(status.step)/\(status.steps)"]
    if let rate = status.imagesPerSecond { parts.append("\(Int(rate.rounded())) images/s") }
    if let seconds = status.secondsLeft { parts.append("\(NumberText.duration(seconds)) left") }
    parts.append("loss \(NumberText.decimal(status.loss, 2))")
    if let loss = status.validationLoss {
      parts.append("validation \(NumberText.decimal(loss, 2))")
    }
    if let z = status.continuous { parts.append("KL_z \(Self.against(z))") }
    if let c = status.discrete { parts.append("KL_c \(Self.against(c))") }
    parts += status.terms.map { "\($0.name) \(NumberText.decimal($0.value, 3))" }
    if status.dimensions > 0, let active = status.activeDimensions {
      parts.append("active \(active)/\(status.dimensions)")
    }
    if status.categories > 0 {
      parts.append("categories \(status.usedCategories)/\(status.categories)")
    }
    return parts
  }

  private static func against(_ pair: TrainingStatus.KLAgainstCapacity) -> String {
    NumberText.decimal(pair.kl, 2)
      + (pair.capacity.map { "/\(NumberText.decimal($0, 2))" } ?? "")
  }
}
