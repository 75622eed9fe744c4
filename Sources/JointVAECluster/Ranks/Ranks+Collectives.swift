import CLibrary

/// What all ranks take part in: each calls the same functions in the same order.
extension Ranks {
  /// Waits for a message.
  ///
  /// - Parameters:
  ///   - rank: who sends it.
  ///   - tag: what it is about.
  ///   - patience: how long to wait; a rank that hangs must not hold up the others for ever.
  /// - Throws: `ClusterError` when none comes in time.
  public func receive(
    from rank: Int, tag: MessageTag, patience: Duration = .seconds(600)
  ) throws -> [UInt8] {
    let start = ContinuousClock.now
    var pause: UInt32 = 0
    while true {
      if let bytes = try receiveIfThere(from: rank, tag: tag) { return bytes }
      // Messages that are under way come within microseconds. After that, the processor is for others.
      if pause == 0, ContinuousClock.now - start < .microseconds(200) {
        sched_yield()
        continue
      }
      guard ContinuousClock.now - start < patience else {
        throw ClusterError(
          "rank \(rank) has not answered for \(patience.components.seconds) seconds; "
            + "look for what holds it up, and start again")
      }
      pause = min(max(50, pause * 2), 2000)
      usleep(pause)
    }
  }

  /// The bytes of every rank, in the order of the ranks; on other ranks than 0, nothing.
  public func gather(_ bytes: [UInt8], patience: Duration = .seconds(600)) throws -> [[UInt8]] {
    guard rank == 0 else {
      try send(bytes, to: 0, tag: .collective)
      return []
    }
    return try [bytes]
      + (1..<max(count, 1)).map { try receive(from: $0, tag: .collective, patience: patience) }
  }

  /// The bytes of rank 0, on all ranks.
  ///
  /// - Parameter bytes: what rank 0 has; of no meaning on others.
  public func broadcast(_ bytes: [UInt8], patience: Duration = .seconds(600)) throws -> [UInt8] {
    var bytes = bytes
    // A rank receives from the one without its lowest bit, and passes on to those below that bit.
    var distance = 1
    while distance < count {
      if rank & distance != 0 {
        bytes = try receive(from: rank - distance, tag: .collective, patience: patience)
        break
      }
      distance *= 2
    }
    distance /= 2
    while distance > 0 {
      if rank + distance < count { try send(bytes, to: rank + distance, tag: .collective) }
      distance /= 2
    }
    return bytes
  }

  /// Waits until all ranks have called it.
  public func barrier(patience: Duration = .seconds(600)) throws {
    _ = try gather([], patience: patience)
    _ = try broadcast([], patience: patience)
  }
}
