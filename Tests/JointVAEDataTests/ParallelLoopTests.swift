import JointVAEData
import Testing

@Suite("Parallel loops")
struct ParallelLoopTests {
  struct Failure: Error, Equatable { var piece: Int }

  @Test("do every piece once", arguments: [1, 2, 4, 100])
  func everyPiece(threads: Int) throws {
    for count in [0, 1, 3, 1000] {
      var done = [Int](repeating: 0, count: count)
      try done.withUnsafeMutableBufferPointer { buffer in
        nonisolated(unsafe) let buffer = buffer
        try ParallelLoop.run(count: count, threads: threads) { buffer[$0] += 1 }
      }
      #expect(done.allSatisfy { $0 == 1 })
    }
  }

  @Test("throw what the first failing piece throws", arguments: [1, 2, 4])
  func failure(threads: Int) {
    #expect(throws: Failure(piece: 3)) {
      try ParallelLoop.run(count: 100, threads: threads) { piece in
        if piece >= 3 { throw Failure(piece: piece) }
      }
    }
  }
}
