/// What all ranks of a team take part in: each calls the same functions in the same order.
extension RankTeam {
  /// The bytes of every rank, in the order of the ranks, on all ranks.
  ///
  /// In round k a rank passes on the parts of 2^k neighboring ranks that it has by then (Bruck et al. 1997): a round for each
  /// doubling of the ranks, and no part is sent twice.
  /// - Throws: `ClusterError` when a rank has failed or answers no more, or the work was stopped.
  public func gather(_ bytes: [UInt8]) throws -> [[UInt8]] {
    // Those of this rank, then of the following ones.
    var parts = [bytes]
    while parts.count < count {
      let distance = parts.count
      let sent = parts.prefix(count - distance)
      try ranks.sendLater(
        Self.joined(sent), to: (rank + count - distance) % count, tag: .collective)
      let source = (rank + distance) % count
      parts += try Self.parts(of: try receive(from: source), count: sent.count, from: source)
      try finishSending(to: (rank + count - distance) % count)
    }
    return (0..<count).map { parts[($0 + count - rank) % count] }
  }

  private static func joined(_ parts: ArraySlice<[UInt8]>) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(parts.reduce(0) { $0 + $1.count + 8 })
    for part in parts {
      withUnsafeBytes(of: UInt64(part.count).littleEndian) { bytes += $0 }
      bytes += part
    }
    return bytes
  }

  private static func parts(of bytes: [UInt8], count: Int, from rank: Int) throws -> [[UInt8]] {
    var rest = bytes[...]
    let parts = try (0..<count).map { _ in
      let length = rest.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      guard rest.count >= 8, length <= UInt64(rest.count - 8) else {
        throw ClusterError("a message from rank \(rank) is cut off; start again")
      }
      defer { rest = rest.dropFirst(8 + Int(length)) }
      return Array(rest.dropFirst(8).prefix(Int(length)))
    }
    guard rest.isEmpty else {
      throw ClusterError("a message from rank \(rank) is too long; start the same program again")
    }
    return parts
  }

  /// Adds the values of all ranks, place by place, and gives the sums to all.
  ///
  /// The order is a binary tree over the ranks: 0 + 1 and 2 + 3, then those two, and so on. For a power of two of ranks each
  /// has a part of the sums to itself (Rabenseifner 2004): in the first half of the rounds, the part halves while the ranks of
  /// a sum double, and in the second half the sums are passed on. A rank sends each number twice at most, however many ranks
  /// there are.
  /// - Throws: `ClusterError` when a rank has failed or answers no more, or the work was stopped.
  public func sum(_ values: UnsafeMutableBufferPointer<Float>) throws {
    guard count & (count - 1) == 0 else { return try sumByTree(values) }
    var own = 0..<values.count
    var others: [Range<Int>] = []
    var distance = 1
    while distance < count {
      let middle = own.lowerBound + own.count / 2
      let (lower, upper) = (own.lowerBound..<middle, middle..<own.upperBound)
      let isLower = rank & distance == 0
      own = isLower ? lower : upper
      others.append(isLower ? upper : lower)
      try add(
        exchange(values, others[others.count - 1], with: rank ^ distance), to: values, own,
        from: rank ^ distance)
      distance *= 2
    }
    while let other = others.popLast() {
      distance /= 2
      let bytes = try exchange(values, own, with: rank ^ distance)
      try replace(values, other, by: bytes, from: rank ^ distance)
      own = min(own.lowerBound, other.lowerBound)..<max(own.upperBound, other.upperBound)
    }
  }

  private func sumByTree(_ values: UnsafeMutableBufferPointer<Float>) throws {
    let whole = 0..<values.count
    var distance = 1
    while distance < count, rank & distance == 0 {
      if rank + distance < count {
        try add(receive(from: rank + distance), to: values, whole, from: rank + distance)
      }
      distance *= 2
    }
    if rank > 0 {
      try send(values, whole, to: rank - distance)
      try replace(values, whole, by: receive(from: rank - distance), from: rank - distance)
    }
    while distance > 1 {
      distance /= 2
      if rank + distance < count { try send(values, whole, to: rank + distance) }
    }
  }

  private func send(
    _ values: UnsafeMutableBufferPointer<Float>, _ range: Range<Int>, to other: Int
  ) throws {
    try ranks.sendLater(
      Array(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(values)[Self.bytes(range)])),
      to: other, tag: .collective)
    try finishSending(to: other)
  }

  /// Sends some values to another rank, which does the same.
  private func exchange(
    _ values: UnsafeMutableBufferPointer<Float>, _ range: Range<Int>, with other: Int
  ) throws -> [UInt8] {
    try ranks.sendLater(
      Array(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(values)[Self.bytes(range)])),
      to: other, tag: .collective)
    let bytes = try receive(from: other)
    try finishSending(to: other)
    return bytes
  }

  private func add(
    _ bytes: [UInt8], to values: UnsafeMutableBufferPointer<Float>, _ range: Range<Int>,
    from other: Int
  ) throws {
    try require(bytes, range, from: other)
    bytes.withUnsafeBytes { bytes in
      for place in 0..<range.count {
        values[range.lowerBound + place] += bytes.loadUnaligned(
          fromByteOffset: place * 4, as: Float.self)
      }
    }
  }

  private func replace(
    _ values: UnsafeMutableBufferPointer<Float>, _ range: Range<Int>, by bytes: [UInt8],
    from other: Int
  ) throws {
    try require(bytes, range, from: other)
    UnsafeMutableRawBufferPointer(
      rebasing: UnsafeMutableRawBufferPointer(values)[Self.bytes(range)]
    ).copyBytes(from: bytes)
  }

  private func require(_ bytes: [UInt8], _ range: Range<Int>, from other: Int) throws {
    guard bytes.count == range.count * 4 else {
      throw ClusterError(
        "rank \(other) sends \(bytes.count) bytes where \(range.count * 4) were expected; start the same program "
          + "on all ranks")
    }
  }

  private static func bytes(_ range: Range<Int>) -> Range<Int> {
    range.lowerBound * 4..<range.upperBound * 4
  }
}
