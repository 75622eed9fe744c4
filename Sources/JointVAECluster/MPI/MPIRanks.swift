import CLibrary
import CMPI

/// The ranks of a launcher, which exchange messages by MPI.
///
/// All of its calls come from the thread that made it: libraries of MPI are begun for one thread.
public final class MPIRanks: Ranks {
  /// The number of this process.
  public let rank: Int
  /// Processes there are.
  public let count: Int
  /// The library that carries the messages.
  public let library: MPILibrary
  /// What started the processes.
  public let launcher: Launcher
  /// Messages on their way to others.
  private var onTheirWay: [MessageBuffer] = []
  /// Messages that have begun to come.
  private var arriving: [Way: MessageBuffer] = [:]

  /// Loads the library of the launcher's MPI, and joins the other ranks.
  ///
  /// - Parameters:
  ///   - launcher: what started this process.
  ///   - libraryName: the library's name or path; nil for the one that suits the launcher.
  /// - Throws: `ClusterError` when there is no such library, or it belongs to another MPI than the launcher.
  public init(_ launcher: Launcher, libraryName: String? = nil) throws {
    self.launcher = launcher
    library = try MPILibrary.load(for: launcher, named: libraryName)
    var (rank, count): (Int32, Int32) = (0, 0)
    try Self.check(jointvae_mpi_begin(&rank, &count), "begin")
    (self.rank, self.count) = (Int(rank), Int(count))
    guard self.count == launcher.count, self.rank == launcher.rank else {
      let advice =
        launcher.kind == .slurm
        ? "start them with srun --mpi=pmix or srun --mpi=pmi2"
        : "the two belong to different MPIs; name the right library in \(MPILibrary.variable)"
      throw ClusterError(
        "\(launcher.name) started \(launcher.count) ranks, but \(library.path) "
          + "(\(library.version)) knows of \(count); \(advice)")
    }
  }

  /// Sends a message.
  public func send(_ bytes: [UInt8], to rank: Int, tag: MessageTag) throws {
    guard let length = Int32(exactly: bytes.count) else { throw Self.tooLong(bytes.count) }
    try bytes.withUnsafeBytes {
      try Self.check(
        jointvae_mpi_send($0.baseAddress, length, Int32(rank), tag.rawValue), "send a message")
    }
  }

  /// Begins to send a message.
  public func sendLater(_ bytes: [UInt8], to rank: Int, tag: MessageTag) throws {
    guard let length = Int32(exactly: bytes.count) else { throw Self.tooLong(bytes.count) }
    let message = MessageBuffer(bytes)
    try Self.check(
      jointvae_mpi_send_later(
        message.bytes.baseAddress, length, Int32(rank), tag.rawValue, message.request),
      "send a message")
    onTheirWay.append(message)
  }

  /// Whether all messages have been sent.
  public func areSent() throws -> Bool {
    while let message = onTheirWay.first {
      var isSent: Int32 = 0
      try Self.check(jointvae_mpi_is_done(message.request, &isSent), "send a message")
      guard isSent != 0 else { return false }
      onTheirWay.removeFirst()
    }
    return true
  }

  /// Receives a message that has come; nil when none has come as a whole.
  public func receiveIfThere(from rank: Int, tag: MessageTag) throws -> [UInt8]? {
    let way = Way(rank: rank, tag: tag)
    guard let message = try arriving[way] ?? begin(way) else { return nil }
    var isDone: Int32 = 0
    try Self.check(jointvae_mpi_is_done(message.request, &isDone), "receive a message")
    guard isDone != 0 else { return nil }
    arriving[way] = nil
    return Array(message.bytes)
  }

  /// Begins to receive a message; nil when there is none.
  private func begin(_ way: Way) throws -> MessageBuffer? {
    var (isThere, length): (Int32, Int32) = (0, 0)
    try Self.check(
      jointvae_mpi_probe(Int32(way.rank), way.tag.rawValue, &isThere, &length), "look for a message"
    )
    guard isThere != 0 else { return nil }
    let message = MessageBuffer(count: Int(max(0, length)))
    try Self.check(
      jointvae_mpi_receive_later(
        message.bytes.baseAddress, length, Int32(way.rank), way.tag.rawValue, message.request),
      "receive a message")
    arriving[way] = message
    return message
  }

  private struct Way: Hashable {
    var rank: Int
    var tag: MessageTag
  }

  /// Leaves the ranks; it waits until all have left.
  public func leave() { _ = jointvae_mpi_end() }

  /// Ends all ranks at once.
  public func abort(code: Int32) {
    jointvae_mpi_abort(code)
    exit(code)
  }

  private static func tooLong(_ count: Int) -> ClusterError {
    ClusterError("a message of \(count) bytes is too long for MPI; expected below 2 GiB")
  }

  private static func check(_ error: Int32, _ action: String) throws {
    guard error != 0 else { return }
    var text = [CChar](repeating: 0, count: 8192)
    jointvae_mpi_words(error, &text)
    let words = String(
      decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    throw ClusterError("MPI cannot \(action): \(words.isEmpty ? "error \(error)" : words)")
  }
}

/// A message that MPI may still read or write: its bytes and its request stay where they are.
private final class MessageBuffer {
  let bytes: UnsafeMutableRawBufferPointer
  let request: UnsafeMutablePointer<jointvae_mpi_request>

  init(count: Int) {
    bytes = .allocate(byteCount: count, alignment: 16)
    request = .allocate(capacity: 1)
    request.initialize(to: jointvae_mpi_request(number: 0))
  }

  convenience init(_ bytes: [UInt8]) {
    self.init(count: bytes.count)
    self.bytes.copyBytes(from: bytes)
  }

  deinit {
    bytes.deallocate()
    request.deallocate()
  }
}
