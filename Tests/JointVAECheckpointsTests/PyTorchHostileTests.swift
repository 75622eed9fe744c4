import Foundation
import JointVAECheckpoints
import JointVAEFiles
import TestSupport
import Testing

@Suite("Hostile PyTorch checkpoints take neither memory nor time", .timeLimit(.minutes(5)))
struct PyTorchHostileTests {
  static let million = 1_000_000

  static func repeated(_ text: String, _ count: Int = million) -> String {
    String(repeating: text, count: count)
  }

  /// A pickle, and part of what is said about it.
  static var pickles: [(PickleBytes, String)] {
    let start = PickleBytes()
    let pairs = start.code("](").code(
      [[UInt8]](repeating: [0x4e, 0x4e, 0x86], count: 100_000).flatMap(\.self)
    ).code("e")
    return [
      (start.code(repeated("]") + repeated("a", million - 1) + "."), "more values than any"),
      (start.code(repeated("(") + repeated("t") + "."), "more values than any"),
      (start.code(repeated("}")), "more values than any"),
      (start.code(")" + repeated("N") + "."), "more values than any"),
      (
        start.code(")").code([UInt8](repeating: 0x85, count: million)).code("."), "more values than"
      ),
      // Deep, and within the budget: freeing it must not recurse either.
      (start.code(repeated("]", 300_000) + repeated("a", 299_999) + "."), "holds a list"),
      (start.code(")").code([UInt8](repeating: 0x85, count: 300_000)).code("."), "holds a tuple"),
      // Each few bytes copy a long list.
      (
        (0..<1000).reduce(pairs.code("q\u{0}")) { pickle, _ in
          pickle.global("collections", "OrderedDict").code("h\u{0}").code([0x85]).code("R")
        }, "more values than any"
      ),
    ]
  }

  /// Says what is wrong, if anything is, with how they are refused.
  static func refuseAll() -> String? {
    for (pickle, problem) in pickles {
      do {
        let bytes = pickle.stream(keys: ["0"], storages: sixFloats())
        _ = try PyTorchCheckpoint(bytes: bytes, named: "x")
        return "was accepted; expected \(problem)"
      } catch {
        guard "\(error)".contains(problem) else { return "\(error); expected \(problem)" }
      }
    }
    return nil
  }

  @Test("nor nest so deep that the stack ends")
  func refused() { #expect(Self.refuseAll() == nil) }

  #if compiler(>=6.2)
    @Test(
      "nor need more than a quarter of a gigabyte",
      .disabled(if: Sanitizer.isOn, "a sanitizer takes memory of its own"))
    func memory() async {
      // In a process of its own, for the peak counts what other tests did, too.
      await #expect(processExitsWith: .success) {
        try #require(Self.refuseAll() == nil)
        let peak = try #require(peakMemory())
        #expect(peak < 1 << 28)
      }
    }
  #endif

  @Test(
    "when changed at random, and are accepted only when consistent", arguments: ["zip", "stream"])
  func mutations(format: String) throws {
    let whole = try BoundedFile.read(fixture("pytorch/\(format).pt"), limit: 10_000)
    var generator = SplitMix64(state: Fuzzing.environment.seed(1))
    var accepted = 0
    let rounds = try Fuzzing.environment.rounds(10_000) {
      let bytes = mutated(whole, using: &generator)
      do {
        let checkpoint = try PyTorchCheckpoint(bytes: bytes, named: "fuzz")
        accepted += 1
        for tensor in checkpoint.tensors { #expect(tensor.floats.count == tensor.elementCount) }
      } catch is FileError {
        return
      }
    }
    // Changes of the numbers in a stream, or of the padding in a zip file, go unnoticed.
    #expect(accepted > rounds / 100)
    #expect(accepted < rounds / 10 * 9)
  }
}

/// The most memory this process has held, in bytes.
private func peakMemory() -> Int? {
  #if os(Linux)
    // getrusage would count what the process that started this one held at that moment.
    let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = status?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    let words = line?.split(whereSeparator: \.isWhitespace) ?? []
    return words.count == 3 ? Int(words[1]).map { $0 * 1024 } : nil
  #else
    var usage = rusage()
    return getrusage(RUSAGE_SELF, &usage) == 0 ? usage.ru_maxrss : nil
  #endif
}
