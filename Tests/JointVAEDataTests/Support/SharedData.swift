import Foundation
import JointVAEData

/// Files outside the package that some tests need; those tests are skipped where the files are not.
enum SharedData {
  /// The folder of data sets: `JOINTVAE_DATA`, or `../shared/data` beside the package.
  static let data = folder(variable: "JOINTVAE_DATA", name: "data")
  /// The folder of goldens: `JOINTVAE_GOLDENS`, or `../shared/goldens` beside the package.
  static let goldens = folder(variable: "JOINTVAE_GOLDENS", name: "goldens")

  static var hasMNIST: Bool { exists("\(data)/mnist/train-images-idx3-ubyte.gz") }
  static var hasResizeGolden: Bool { exists("\(goldens)/resize.safetensors") }

  private static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path)
  }

  private static func folder(variable: String, name: String) -> String {
    if let path = ProcessInfo.processInfo.environment[variable], !path.isEmpty { return path }
    var package = URL(filePath: #filePath)
    for _ in 0..<4 { package.deleteLastPathComponent() }
    return package.appending(path: "../shared/\(name)").standardizedFileURL.path
  }
}
