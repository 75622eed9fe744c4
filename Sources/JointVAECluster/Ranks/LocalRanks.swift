import Synchronization

/// Ranks within one process, each in a thread of its own: for tests, and for programs that want none of MPI.
public final class LocalRanks: Ranks, Sendable {
  /// The number of this one.
  public let rank: Int
  /// How many there are.
  public let count: Int
  private let post: Post

  private init(rank: Int, count: Int, post: Post) {
    self.rank = rank
    self.count = count
    self.post = post
  }

  /// `count` ranks that exchange messages with one another.
  public static func group(of count: Int) -> [LocalRanks] {
    let post = Post()
    return (0..<count).map { LocalRanks(rank: $0, count: count, post: post) }
  }

  /// Sends a message; it never waits.
  public func send(_ bytes: [UInt8], to rank: Int, tag: MessageTag) throws {
    let way = Post.Way(from: self.rank, to: rank, tag: tag)
    post.letters.withLock { $0[way, default: []].append(bytes) }
  }

  /// Sends a message, as ``send(_:to:tag:)`` does.
  public func sendLater(_ bytes: [UInt8], to rank: Int, tag: MessageTag) throws {
    try send(bytes, to: rank, tag: tag)
  }

  /// True: messages do not wait.
  public func areSent() throws -> Bool { true }

  /// Receives a message that has come; nil when none has.
  public func receiveIfThere(from rank: Int, tag: MessageTag) throws -> [UInt8]? {
    let way = Post.Way(from: rank, to: self.rank, tag: tag)
    return post.letters.withLock { letters in
      guard let first = letters[way]?.first else { return nil }
      letters[way]?.removeFirst()
      return first
    }
  }

  /// Does nothing: threads end by themselves.
  public func leave() {}

  /// Does nothing: the process is for others, too.
  public func abort(code: Int32) {}
}

/// Messages on their way between threads.
private final class Post: Sendable {
  struct Way: Hashable {
    var from: Int
    var to: Int
    var tag: MessageTag
  }

  let letters = Mutex<[Way: [[UInt8]]]>([:])
}
