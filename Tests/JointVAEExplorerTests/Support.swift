import Foundation
import JointVAE
import JointVAEExplorer
import JointVAERuns
import TestSupport

/// A program that tests ask for, when it is there.
struct Tool {
  let path: String

  /// The program called `name` in one of the folders of PATH.
  init?(_ name: String) {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let paths = folders.map { "\($0)/\(name)" }
    guard let path = paths.first(where: FileManager.default.isExecutableFile(atPath:)) else {
      return nil
    }
    self.path = path
  }

  /// Whether there is one.
  static func has(_ name: String) -> Bool { Tool(name) != nil }

  /// Runs it and waits for its end; what it printed, and its exit code.
  func run(_ arguments: [String]) throws -> (text: String, exitCode: Int32) {
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (String(decoding: bytes, as: UTF8.self), process.terminationStatus)
  }
}

/// A model of random weights, as a user has it in a file.
func storedModel(
  _ shape: ImageShape, _ latents: LatentSpec, named name: String = "model", in folder: String,
  widths: NetworkWidths? = nil, precision: FloatPrecision = .half, notes: [String: String] = [:]
) throws -> StoredModel {
  let path = "\(folder)/\(name).safetensors"
  try JointVAEModel(imageShape: shape, latents: latents, widths: widths)
    .save(to: path, precision: precision, notes: notes)
  return try StoredModel(path)
}

/// The part of a page that stands in the element `id`.
func part(_ id: String, of page: String) -> Substring? {
  guard let start = page.range(of: "id=\"\(id)\">"),
    let end = page.range(of: "</script>", range: start.upperBound..<page.endIndex)
  else { return nil }
  return page[start.upperBound..<end.lowerBound]
}
