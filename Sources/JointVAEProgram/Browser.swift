import Foundation

/// The browser that a system opens pages with.
enum Browser {
  /// Opens the page at `path`, and does not wait for it.
  /// - Returns: whether there is a program to open it.
  static func open(_ path: String) -> Bool {
    #if os(macOS)
      let names = ["open"]
    #else
      let names = ["xdg-open", "wslview"]
    #endif
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let programs = names.flatMap { name in folders.map { "\($0)/\(name)" } }
    guard let program = programs.first(where: FileManager.default.isExecutableFile(atPath:)) else {
      return false
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = [URL(fileURLWithPath: path).path]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    return (try? process.run()) != nil
  }
}
