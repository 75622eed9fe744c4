import Foundation
import JointVAEImages
import Testing

/// The package's folder, found from this file.
let packageFolder = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// A folder of inputs: where `variable` points, or `standard` beside the package.
func folder(_ variable: String, standard: String) -> URL {
  ProcessInfo.processInfo.environment[variable].map { URL(fileURLWithPath: $0) }
    ?? packageFolder.deletingLastPathComponent().appendingPathComponent(standard)
}

/// Decodes one file of Tests/Fixtures/Images.
func fixture<Content: Decodable>(_ name: String, as type: Content.Type) throws -> Content {
  let url = packageFolder.appendingPathComponent("Tests/Fixtures/Images/\(name)")
  return try JSONDecoder().decode(type, from: Data(contentsOf: url))
}

/// A file of a fixture, and the image that another program decodes from it.
struct ImageCase: Decodable {
  var name: String
  var width: Int
  var height: Int
  var channels: Int
  var file: Data
  var pixels: Data
}

/// A folder of its own, removed afterwards.
func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let path = FileManager.default.temporaryDirectory
    .appendingPathComponent("images-\(UUID().uuidString)").path
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: path) }
  return try body(path)
}

/// Values that look random and are the same everywhere.
func noise(_ count: Int, seed: UInt64) -> [UInt8] {
  var state = seed &* 2 &+ 1
  return (0..<count).map { _ in
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return UInt8(truncatingIfNeeded: state >> 56)
  }
}

extension Image {
  /// An image of noise.
  static func noise(width: Int, height: Int, channels: Int, seed: UInt64) -> Image {
    Image(
      width: width, height: height, channels: channels,
      pixels: JointVAEImagesTests.noise(width * height * channels, seed: seed))
  }
}

/// Python with Pillow, a decoder that shares no code with ours.
enum Pillow {
  /// Whether `python3` and Pillow are on this machine.
  static let isAvailable = (try? run("import PIL")) != nil

  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  /// What `script` prints, given `arguments` as `sys.argv[1:]`.
  @discardableResult
  static func run(_ script: String, _ arguments: String...) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script] + arguments
    let output = Pipe()
    let errors = Pipe()
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    let problem = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw Failure(description: String(decoding: problem, as: UTF8.self))
    }
    return String(decoding: text, as: UTF8.self)
  }
}
