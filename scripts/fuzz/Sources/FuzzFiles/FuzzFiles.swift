import Foundation
import JointVAECheckpoints
import JointVAEData
import JointVAEExperiments
import JointVAEImages

/// Readers of files from outside, each with the names that files of its kind have.
private enum Reader: String, CaseIterable {
  case image, checkpoint, experiment
  case array = "npy"
  case arrays = "npz"
  case table = "csv"
  case idx = "idx"
  case tar, zip

  /// Reads a file as users' files are read. What it throws is what it is to do with a bad one.
  func read(_ bytes: [UInt8], as path: String) throws {
    switch self {
    case .image: _ = try Image(encoded: bytes, name: path)
    case .checkpoint: _ = try CheckpointFile(bytes: bytes, named: path)
    case .experiment: _ = try Experiment(contentsOf: Self.write(bytes, to: path))
    case .array, .arrays, .table, .idx, .tar, .zip:
      var catalog = DataSetCatalog(threads: 1)
      catalog.loaded = { _ in }
      _ = try catalog.load(DataSetRequest(Self.write(bytes, to: path), imageSize: 16))
    }
  }

  private static func write(_ bytes: [UInt8], to path: String) throws -> String {
    try Data(bytes).write(to: URL(filePath: path))
    return path
  }
}

/// The reader that `FUZZ_READER` names, and the file that it reads, in a folder of this process.
private let target: (reader: Reader, path: String) = {
  let name = ProcessInfo.processInfo.environment["FUZZ_READER"] ?? ""
  guard let reader = Reader(rawValue: name) else {
    print(
      "FUZZ_READER is \(name); expected \(Reader.allCases.map(\.rawValue).joined(separator: ", "))")
    exit(1)
  }
  let folder = "\(NSTemporaryDirectory())/jointvae-fuzz-\(getpid())"
  try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  return (reader, "\(folder)/input.\(name)")
}()

/// What libFuzzer calls with each input (https://llvm.org/docs/LibFuzzer.html). A signal, a hang or too much memory is a
/// finding; an error is not.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  try? target.reader.read(bytes, as: target.path)
  return 0
}
