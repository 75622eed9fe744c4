/// Processes that work together, each of which knows its number and can send bytes to the others.
///
/// Messages of one tag from one rank to another arrive in the order in which they were sent. Everything else is made of
/// them, so that sums are added in an order of our own: libraries of MPI add in the order that suits the number of ranks.
public protocol Ranks: AnyObject {
  /// The number of this one, from 0. Rank 0 plans, reports and writes.
  var rank: Int { get }
  /// How many there are; at least 1.
  var count: Int { get }

  /// Sends a message.
  ///
  /// It may wait until the receiver asks for it.
  /// - Throws: `ClusterError` when it cannot be sent.
  func send(_ bytes: [UInt8], to rank: Int, tag: MessageTag) throws

  /// Begins to send a message, and does not wait.
  ///
  /// Messages to one rank go in the order of these calls.
  /// - Throws: `ClusterError` when it cannot be sent.
  func sendLater(_ bytes: [UInt8], to rank: Int, tag: MessageTag) throws

  /// Whether all messages have been sent that `sendLater` began to send.
  /// - Throws: `ClusterError` when one cannot be sent.
  func areSent() throws -> Bool

  /// Receives a message that has come.
  ///
  /// - Returns: nil when none has come.
  /// - Throws: `ClusterError` when it cannot be received.
  func receiveIfThere(from rank: Int, tag: MessageTag) throws -> [UInt8]?

  /// Leaves the others, at the end. It may wait until all do.
  func leave()

  /// Ends the processes of all ranks at once, with an exit code. Ranks within one process have no such end.
  func abort(code: Int32)
}

/// What a message is about; ranks receive those of one tag in their order.
public enum MessageTag: Int32, Hashable, Sendable {
  /// Part of a sum, broadcast or gathering, which all ranks take part in.
  case collective = 1
  /// From rank 0: what to do next.
  case order = 2
  /// To rank 0: what has happened.
  case report = 3
  /// To all others: this rank ends the work.
  case ending = 4
}
