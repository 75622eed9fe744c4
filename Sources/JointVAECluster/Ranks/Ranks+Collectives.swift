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

  /// The bytes of every rank, in the order of the ranks, on all ranks.
  public func gatherForAll(
    _ bytes: [UInt8], patience: Duration = .seconds(600)
  ) throws -> [[UInt8]] {
    let all = try gather(bytes, patience: patience)
    let joined = all.flatMap { part in
      withUnsafeBytes(of: UInt64(part.count).littleEndian) { Array($0) } + part
    }
    var rest = try broadcast(joined, patience: patience)[...]
    return try (0..<count).map { _ in
      let length = rest.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
      guard rest.count >= 8, length <= UInt64(rest.count - 8) else {
        throw ClusterError("a message from rank 0 is cut off; start again")
      }
      defer { rest = rest.dropFirst(8 + Int(length)) }
      return Array(rest.dropFirst(8).prefix(Int(length)))
    }
  }

  /// Adds the values of all ranks, place by place, and gives the sums to all.
  ///
  /// The sum is a binary tree over the ranks: 0 + 1 and 2 + 3, then those two, and so on. The order depends on nothing but
  /// the number of ranks, so that each call gives the same bits.
  /// - Parameter values: as many on each rank.
  public func sum(_ values: inout [Float], patience: Duration = .seconds(600)) throws {
    var distance = 1
    while distance < count {
      if rank & distance != 0 {
        try send(Self.bytes(values), to: rank - distance, tag: .collective)
        break
      }
      if rank + distance < count {
        let bytes = try receive(from: rank + distance, tag: .collective, patience: patience)
        guard bytes.count == values.count * 4 else {
          throw ClusterError(
            "rank \(rank + distance) adds \(bytes.count / 4) numbers where rank \(rank) adds "
              + "\(values.count); start the same program on all ranks")
        }
        bytes.withUnsafeBytes { other in
          for place in values.indices {
            values[place] += other.loadUnaligned(fromByteOffset: place * 4, as: Float.self)
          }
        }
      }
      distance *= 2
    }
    let sums = try broadcast(rank == 0 ? Self.bytes(values) : [], patience: patience)
    guard sums.count == values.count * 4 else {
      throw ClusterError("a message from rank 0 is cut off; start again")
    }
    sums.withUnsafeBytes { sums in
      for place in values.indices {
        values[place] = sums.loadUnaligned(fromByteOffset: place * 4, as: Float.self)
      }
    }
  }

  /// Waits until all ranks have called it.
  public func barrier(patience: Duration = .seconds(600)) throws {
    _ = try gather([], patience: patience)
    _ = try broadcast([], patience: patience)
  }

  private static func bytes(_ values: [Float]) -> [UInt8] {
    values.withUnsafeBytes { Array($0) }
  }
}
