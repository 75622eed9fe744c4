import JointVAECheckpoints
import JointVAEFiles
import TestSupport
import Testing

/// SplitMix64 (Steele, Lea, Flood 2014): a fixed sequence for each seed.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }
}

/// `bytes` with one to four random changes: a byte set, a bit turned, a stretch removed, doubled or moved.
func mutated(_ bytes: [UInt8], using generator: inout SplitMix64) -> [UInt8] {
  var result = bytes
  for _ in 0..<Int.random(in: 1...4, using: &generator) where !result.isEmpty {
    let index = Int.random(in: 0..<result.count, using: &generator)
    let end = min(index + Int.random(in: 1...16, using: &generator), result.count)
    switch Int.random(in: 0..<6, using: &generator) {
    case 0: result[index] = UInt8.random(in: 0...255, using: &generator)
    case 1: result[index] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
    case 2: result.removeSubrange(index..<end)
    case 3: result.insert(contentsOf: result[index..<end], at: index)
    case 4: result[index] = [0, 1, 0x7f, 0x80, 0xff].randomElement(using: &generator) ?? 0
    default:
      let target = Int.random(in: 0..<result.count, using: &generator)
      result.swapAt(index, target)
    }
  }
  return result
}

@Suite("Safetensors under random damage")
struct SafetensorsFuzzTests {
  @Test("never trap, and accept only what is consistent", arguments: [1, 2, 3] as [UInt64])
  func mutations(seed: UInt64) throws {
    var generator = SplitMix64(state: Fuzzing.environment.seed(seed))
    var accepted = 0
    let rounds = try Fuzzing.environment.rounds(5000, parts: 3) {
      let bytes = mutated(SafetensorsTests.fromPython, using: &generator)
      do {
        let file = try Safetensors(bytes: bytes, named: "fuzz")
        accepted += 1
        let count = file.tensors.map { $0.floats.count }.reduce(0, +)
        #expect(count <= bytes.count)
        for tensor in file.tensors { #expect(tensor.floats.count == tensor.elementCount) }
      } catch is FileError {
        return
      }
    }
    // Changes of numbers or of names make another valid file; if none passed, the fuzzer tests nothing.
    #expect(accepted > rounds / 100)
    #expect(accepted < rounds / 5 * 4)
  }
}
