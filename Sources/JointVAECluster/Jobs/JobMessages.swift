import Foundation

/// What rank 0 tells another rank to do.
enum Order: Codable, Hashable, RankMessage {
  case begin(Int)
  case stop
  case end
}

/// What another rank tells rank 0.
enum Report: Codable, Hashable, RankMessage {
  /// It does so many jobs at once.
  case hello(slots: Int)
  case alive
  /// A signal asks it to stop.
  case stopRequested
  case job(JobHost.Message)
  /// Nothing more comes from it.
  case bye
}

/// A message between ranks, as JSON.
protocol RankMessage: Codable {}

extension RankMessage {
  /// Reads a message.
  /// - Throws: `ClusterError` when it is none.
  init(_ bytes: [UInt8]) throws {
    do { self = try JSONDecoder().decode(Self.self, from: Data(bytes)) } catch {
      throw ClusterError(
        "a message of another rank cannot be read; start the same version on all ranks")
    }
  }

  /// The message as bytes.
  var bytes: [UInt8] {
    get throws { Array(try JSONEncoder().encode(self)) }
  }
}
