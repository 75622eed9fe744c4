import Foundation
import JointVAEFiles
import JointVAEImages
import Testing

/// A disk of 16 KiB in memory, where this process may mount one.
private struct TinyDisk {
  let path: String

  static let isAvailable = (try? TinyDisk().unmount()) != nil

  init() throws {
    path =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("tiny-disk-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    do {
      try Self.run("mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", path)
    } catch {
      try FileManager.default.removeItem(atPath: path)
      throw error
    }
  }

  func unmount() throws {
    try Self.run("umount", path)
    try FileManager.default.removeItem(atPath: path)
  }

  private struct Failure: Error {}

  private static func run(_ arguments: String...) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure() }
  }
}

@Suite("A full disk")
struct FullDiskTests {
  @Test(
    "keeps the picture that was there and nothing of the new one",
    .enabled(if: TinyDisk.isAvailable, "needs the right to mount a tmpfs"))
  func fullDisk() throws {
    let disk = try TinyDisk()
    defer { try? disk.unmount() }
    let small = Image.noise(width: 10, height: 10, channels: 1, seed: 1)
    let large = Image.noise(width: 300, height: 300, channels: 1, seed: 2)
    let (png, gif) = ("\(disk.path)/x.png", "\(disk.path)/x.gif")
    try small.writePNG(to: png)
    try Animation([small], delay: 1).writeGIF(to: gif)
    let full = "cannot be written: No space left on device"
    #expect(throws: FileError(png, full)) { try large.writePNG(to: png) }
    #expect(throws: FileError(gif, full)) {
      try Animation([large], delay: 1).writeGIF(to: gif)
    }
    #expect(try Image(pngAt: png) == small)
    #expect(try Animation(gifAt: gif) == Animation([small], delay: 1))
    let files = try FileManager.default.contentsOfDirectory(atPath: disk.path)
    #expect(files.sorted() == ["x.gif", "x.png"])
  }
}
