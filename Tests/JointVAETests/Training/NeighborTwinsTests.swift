import Foundation
import JointVAE
import JointVAEFiles
import JointVAEKernels
import TestSupport
import Testing

@Suite("Neighbors of vectors")
struct NeighborTableTests {
  /// Vectors of `units` numbers, the same for all runs.
  private func vectors(_ count: Int, units: Int) -> FloatBuffer {
    let buffer = FloatBuffer(count: NeighborTable.rows(count) * units)
    var state: UInt64 = 7
    for place in 0..<count * units {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      buffer.start[place] = Float(state >> 40) / 8e6 - 1
    }
    return buffer
  }

  private func table(_ width: Int, _ buffer: FloatBuffer, _ count: Int, threads: Int = 2)
    -> NeighborTable
  {
    NeighborTable(
      nearest: width, of: buffer, count: count, units: buffer.count / NeighborTable.rows(count),
      workers: Workers(count: threads), instructions: InstructionSet.available[0])
  }

  @Test("are those with the largest cosines, as every pair in double precision says")
  func exact() {
    // More than one block and strip, and neither full.
    let (count, units) = (700, 64)
    let buffer = vectors(count, units: units)
    let rows = (0..<count).map { row in
      (0..<units).map { Double(buffer.start[row * units + $0]) }
    }
    let lengths = rows.map { $0.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    let found = table(5, buffer, count)
    for row in 0..<count {
      let cosines = (0..<count).map { other in
        zip(rows[row], rows[other]).reduce(0) { $0 + $1.0 * $1.1 } / lengths[row] / lengths[other]
      }
      let expected = (0..<count).filter { $0 != row }.sorted { cosines[$0] > cosines[$1] }
      for (place, other) in found.indices[row * 5..<row * 5 + 5].enumerated() {
        // Rounding may exchange two that are equal to seven digits.
        #expect(abs(cosines[other] - cosines[expected[place]]) < 1e-6, "\(row)")
        #expect(other != row)
      }
    }
  }

  @Test("do not depend on the threads, and the first of equals comes first")
  func threads() {
    let tables = [1, 2, 3].map { table(4, vectors(600, units: 32), 600, threads: $0) }
    #expect(tables[0] == tables[1] && tables[0] == tables[2])
    let equal = FloatBuffer(count: 32 * 32)
    for row in 0..<6 { equal.start[row * 32 + row / 3] = Float(row + 1) }
    #expect(table(2, equal, 6).indices == [1, 2, 0, 2, 0, 1, 4, 5, 3, 5, 3, 4])
  }

  @Test("are drawn as often as the share says, each of them as often")
  func draws() throws {
    let table = try #require(
      NeighborTable(width: 4, indices: Array(0..<5).flatMap { _ in [1, 2, 3, 4] }))
    var counts: [Int: Int] = [:]
    for step in 1...400 {
      for sample in 0..<10 {
        counts[table.twin(of: 0, share: 0.4, seed: 3, step: step, sample: sample), default: 0] += 1
      }
    }
    // 2,400 and 400 of 4,000, within five standard deviations.
    #expect(abs((counts[0] ?? 0) - 2400) < 155)
    for neighbor in 1...4 { #expect(abs((counts[neighbor] ?? 0) - 400) < 95) }
    #expect(NeighborTable(width: 2, indices: [0, 1, 2]) == nil)
    #expect(NeighborTable(width: 1, indices: [0, 2]) == nil)
    #expect(NeighborTable(width: 0, indices: []) == nil)
  }
}

@Suite("Training on neighbors as twins")
struct NeighborTwinsTests {
  private static let configuration = PairsTests.configurations[1]

  @Test("learns something else than from copies alone")
  func difference() throws {
    let models = try PairsTests.configurations.map { configuration in
      let trainer = try Trainer(configuration: configuration)
      try trainer.train(on: NoiseImages(count: 29))
      return try savedBytes(trainer.model)
    }
    #expect(models[0] != models[1])
  }

  @Test("refuses other images than those whose neighbors are known")
  func otherImages() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/state.safetensors"
      let first = try Trainer(configuration: Self.configuration)
      try first.train(on: NoiseImages(count: 29), until: 8)
      try first.saveState(to: path)
      let second = try Trainer(resumingFrom: path, configuration: Self.configuration)
      let error = #expect(throws: ConfigurationError.self) {
        try second.train(on: NoiseImages(count: 30))
      }
      #expect(error?.description.contains("the 29 images whose neighbors") == true)
    }
  }

  @Test("refuses what cannot be, naming it")
  func refusals() throws {
    func error(_ neighbors: NeighborTwins) -> String? {
      #expect(throws: ConfigurationError.self) {
        try smallConfiguration { $0.pairing = Pairing(neighbors: neighbors) }.validate()
      }?.description
    }
    #expect(error(NeighborTwins(count: 0, steps: [1]))?.contains("from 1 to 100") == true)
    #expect(error(NeighborTwins(steps: []))?.contains("one step or several") == true)
    #expect(error(NeighborTwins(steps: [5, 5]))?.contains("ascending order") == true)
    #expect(error(NeighborTwins(steps: [5], share: 1.5))?.contains("from 0 to 1") == true)
    let trainer = try Trainer(configuration: Self.configuration)
    let few = #expect(throws: ConfigurationError.self) {
      try trainer.train(on: NoiseImages(count: 3))
    }
    #expect(few?.description.contains("from 4 to 200000 for 3 neighbors of each") == true)
  }
}
