import Foundation

/// What threads are at during a training step.
package enum StepPhase: String, CaseIterable, Codable, Sendable {
  /// The encoder's convolutions.
  case encoderForward
  /// Dense layers and latent variables.
  case denseForward
  /// The decoder's transposed convolutions.
  case decoderForward
  /// The reconstruction loss and its derivative.
  case loss
  /// Gradients of the transposed convolutions, by inputs and weights.
  case decoderBackward
  /// Gradients of dense layers and latent variables, by inputs.
  case denseBackward
  /// Gradients of the convolutions, by inputs and weights.
  case encoderBackward
  /// Gradients of dense layers by weights, sums over lanes, the optimizer, and packing of weights.
  case update
}

/// Measures where the time of training steps goes: for each thread and phase, how long it was at work.
///
/// What remains of a step is waiting at barriers, and what one thread does while the others wait.
final class StepClock: @unchecked Sendable {
  private let threads: Int
  // A row a thread: nanoseconds of every phase, then when the current phase began. Rows keep to their own cache lines.
  private let slots: UnsafeMutablePointer<UInt64>
  private static let row = 32
  private static let start = StepPhase.allCases.count

  init(threads: Int) {
    self.threads = threads
    slots = .allocate(capacity: threads * Self.row)
    slots.initialize(repeating: 0, count: threads * Self.row)
  }

  deinit { slots.deallocate() }

  /// A thread starts to work.
  func begin(worker: Int) {
    slots[worker * Self.row + Self.start] = DispatchTime.now().uptimeNanoseconds
  }

  /// What the thread did since the last call was `phase`.
  func finish(_ phase: StepPhase, worker: Int) {
    let now = DispatchTime.now().uptimeNanoseconds
    let row = slots + worker * Self.row
    row[StepPhase.allCases.firstIndex(of: phase) ?? 0] += now - row[Self.start]
    row[Self.start] = now
  }

  /// The share of every phase in `milliseconds` on all threads, and of `waiting`, what remains.
  func shares(of milliseconds: Double) -> [String: Double] {
    var shares: [String: Double] = [:]
    for (index, phase) in StepPhase.allCases.enumerated() {
      let nanoseconds = (0..<threads).reduce(0) { $0 + slots[$1 * Self.row + index] }
      shares[phase.rawValue] = Double(nanoseconds) / 1e6 / Double(threads) / milliseconds
    }
    shares["waiting"] = max(0, 1 - shares.values.reduce(0, +))
    return shares
  }
}
