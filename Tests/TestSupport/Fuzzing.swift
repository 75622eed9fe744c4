import Foundation

/// How long tests damage files at random: a fixed number of rounds, or as long as the environment
/// says.
///
/// `make fuzz` sets `JOINTVAE_FUZZ_SECONDS` and a fresh `JOINTVAE_FUZZ_SEED`.
package struct Fuzzing: Sendable {
  /// Seconds to go on, and the seed to draw from; nil for a fixed number of rounds.
  private let lasting: (seconds: Double, seed: UInt64)?

  /// What the environment asks for.
  package static let environment = Fuzzing(ProcessInfo.processInfo.environment)

  package init(_ environment: [String: String]) {
    guard let seconds = environment["JOINTVAE_FUZZ_SECONDS"].flatMap(Double.init), seconds > 0
    else {
      lasting = nil
      return
    }
    lasting = (seconds, environment["JOINTVAE_FUZZ_SEED"].flatMap { UInt64($0) } ?? 1)
  }

  /// The seed to draw from: `usual`, or one that follows from it and the environment's.
  package func seed(_ usual: UInt64) -> UInt64 {
    lasting.map { $0.seed &+ usual &* 0x1_0000_0001 } ?? usual
  }

  /// Calls `round` again and again, `count` times or until the time is up, and says how often.
  ///
  /// - Parameter parts: calls among which the time is divided.
  package func rounds(_ count: Int, parts: Double = 1, _ round: () throws -> Void) rethrows -> Int {
    let deadline = lasting.map { ContinuousClock.now + .seconds($0.seconds / parts) }
    var done = 0
    while deadline.map({ ContinuousClock.now < $0 }) ?? (done < count) {
      try round()
      done += 1
    }
    return done
  }
}
