/// The processes that train one model together.
///
/// Each has the whole model and some lanes of every batch. What a step needs of all images of the batch goes from each process to
/// all others, and the sums over lanes are a binary tree over the processes. So the number of processes cannot change a bit of
/// the result, as the number of threads cannot.
///
/// The calls come from the thread that trains. All processes make the same ones in the same order.
public protocol TrainingTeam: AnyObject, Sendable {
  /// The number of this process, from 0. Process 0 decides when to stop, and writes what there is to write.
  var rank: Int { get }
  /// Processes there are.
  var count: Int { get }
  /// Whether the work has ended without being an error, because process 0 or a signal wants it so.
  var hasStopped: Bool { get }

  /// What to do in place of sleeping while a message is awaited; nil, or a false that it returns, for sleep.
  var whileWaiting: (() -> Bool)? { get set }

  /// Begins a step, counted from 1.
  func begin(step: Int)

  /// The bytes of every process, in their order, on all of them.
  /// - Throws: when a process has failed or answers no more, or the work was stopped.
  func gather(_ bytes: [UInt8]) throws -> [[UInt8]]

  /// Adds the values of all processes, place by place, as a binary tree over the processes: 0 + 1 and 2 + 3, then those two, and
  /// so on.
  /// - Throws: as ``gather(_:)``.
  func sum(_ values: UnsafeMutableBufferPointer<Float>) throws

  /// Sends the others word that this process does no step after this one.
  func announceStop(afterStep step: Int)

  /// Sends the others word that this process has failed.
  func announceFailure(_ reason: String)
}

extension TrainingTeam {
  /// The lanes of a process: neighbors, and a branch of the tree of sums.
  func lanes(of rank: Int, among lanes: Int) -> Range<Int> {
    lanes * rank / count..<lanes * (rank + 1) / count
  }

  /// - Throws: `ConfigurationError` for a number of processes that the lanes or the images of a batch cannot be dealt to.
  package func validate(_ configuration: TrainingConfiguration) throws {
    let lanes = configuration.lanes
    let possible = (1...lanes).filter { ranks in
      let share = lanes / ranks
      return ranks == 1 || lanes % ranks == 0 && share & (share - 1) == 0
    }
    guard possible.contains(count) else {
      throw ConfigurationError(
        "ranks", "\(count)",
        expected: "\(Self.words(possible)) for \(lanes) lanes; the setting lanes changes that")
    }
    let active = TrainingEngine.activeLanes(lanes, samples: configuration.batchSize)
    guard count <= active else {
      throw ConfigurationError(
        "ranks", "\(count)",
        expected: "at most \(active) for batches of \(configuration.batchSize) images")
    }
  }

  private static func words(_ numbers: [Int]) -> String {
    let texts = numbers.map(String.init)
    guard let last = texts.last, texts.count > 1 else { return texts.joined() }
    return texts.dropLast().joined(separator: ", ") + " or " + last
  }
}
