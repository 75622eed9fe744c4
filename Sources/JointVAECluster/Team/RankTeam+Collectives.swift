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
  /// there are. Many values go in pieces, so that one is on its way while another is added.
  /// - Throws: `ClusterError` when a rank has failed or answers no more, or the work was stopped.
  public func sum(_ values: UnsafeMutableBufferPointer<Float>) throws {
    guard count > 1 else { return }
    guard count & (count - 1) == 0 else { return try sumByTree(values) }
    let parts = max(1, min(Self.pieceLimit, values.count / Self.pieceCount))
    var pieces = (0..<parts).map { part in
      SumPiece(values.count * part / parts..<values.count * (part + 1) / parts)
    }
    // The other rank of each round.
    let rounds = (0..<count.trailingZeroBitCount).map { rank ^ 1 << $0 }
    func send(_ piece: inout SumPiece, inRound round: Int) throws {
      if round < rounds.count {
        try sendLater(values, piece.divide(keepsLower: rank < rounds[round]), to: rounds[round])
      } else if round < 2 * rounds.count {
        try sendLater(values, piece.own, to: rounds[2 * rounds.count - 1 - round])
      }
    }
    for place in pieces.indices { try send(&pieces[place], inRound: 0) }
    for round in 0..<2 * rounds.count {
      for place in pieces.indices {
        if round < rounds.count {
          try add(
            receive(from: rounds[round]), to: values, pieces[place].own, from: rounds[round])
        } else {
          let other = rounds[2 * rounds.count - 1 - round]
          try replace(values, pieces[place].join(), by: receive(from: other), from: other)
        }
        try send(&pieces[place], inRound: round + 1)
      }
    }
    try finishSending(to: rounds[0])
  }

  /// Pieces at most, and values of one at least: each costs the time of its messages.
  private static let pieceLimit = 4
  private static let pieceCount = 1 << 15

  /// Part of the values, and what of it this rank has to itself.
  private struct SumPiece {
    private(set) var own: Range<Int>
    private var others: [Range<Int>] = []

    init(_ whole: Range<Int>) { own = whole }

    /// Halves the own part; the half that another rank gets.
    mutating func divide(keepsLower: Bool) -> Range<Int> {
      let middle = own.lowerBound + own.count / 2
      let (lower, upper) = (own.lowerBound..<middle, middle..<own.upperBound)
      own = keepsLower ? lower : upper
      others.append(keepsLower ? upper : lower)
      return others[others.count - 1]
    }

    /// Makes the own part what it was before the last division; the half that comes from another rank.
    mutating func join() -> Range<Int> {
      let other = others.removeLast()
      own = min(own.lowerBound, other.lowerBound)..<max(own.upperBound, other.upperBound)
      return other
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

  /// Begins to send some values, which may change afterwards.
  private func sendLater(
    _ values: UnsafeMutableBufferPointer<Float>, _ range: Range<Int>, to other: Int
  ) throws {
    try ranks.sendLater(
      Array(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(values)[Self.bytes(range)])),
      to: other, tag: .collective)
  }

  private func send(
    _ values: UnsafeMutableBufferPointer<Float>, _ range: Range<Int>, to other: Int
  ) throws {
    try sendLater(values, range, to: other)
    try finishSending(to: other)
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
