import Foundation
import JointVAEFiles

/// A file that several servers have, known by its checksum.
///
///     try Download(mirrors: ["https://example.org/file"], checksum: .sha256("…"))
///       .save(to: "file") { print($0.byteCount) }
///
/// What was received stays beside the file until it is whole, also when the process is ended: the
/// next download goes on from there, from whichever mirror.
public struct Download: Hashable, Sendable {
  /// Addresses of the file, http or https, in the order they are asked.
  public var mirrors: [String]
  /// The file's length; nil when it is not known.
  public var byteCount: Int?
  /// What the file is known by.
  public var checksum: Checksum

  /// A file at `mirrors`.
  public init(mirrors: [String], byteCount: Int? = nil, checksum: Checksum) {
    self.mirrors = mirrors
    self.byteCount = byteCount
    self.checksum = checksum
  }

  /// Whether the file at `path` is this one.
  ///
  /// - Throws: `FileError` when it is there and cannot be read.
  public func isSaved(at path: String) throws -> Bool {
    guard let file = FileHandle(forReadingAtPath: path) else { return false }
    defer { try? file.close() }
    do {
      if let byteCount, try file.seekToEnd() != UInt64(byteCount) { return false }
      try file.seek(toOffset: 0)
      return try checksum.digest { buffer in
        let piece = try file.read(upToCount: buffer.count) ?? Data()
        buffer.copyBytes(from: piece)
        return piece.count
      } == checksum.digest
    } catch {
      throw FileError(path, "cannot be read: \(error.localizedDescription)")
    }
  }

  /// Fetches the file, unless it is there, and puts it at `path` when it is whole and right.
  ///
  /// A mirror that fails is asked again after growing pauses, then the next one. A mirror whose
  /// bytes are others than the checksum's is not asked again, and they are not kept.
  ///
  /// - Parameters:
  ///   - path: the file to write.
  ///   - policy: how often and how long to try.
  ///   - progress: called on this thread, a few times a second and at the end.
  /// - Throws: `DownloadError` when no mirror has the file; `FileError` when it cannot be written,
  ///   or another process is fetching it.
  public func save(
    to path: String, policy: DownloadPolicy = DownloadPolicy(),
    progress: @escaping (DownloadProgress) -> Void = { _ in }
  ) throws {
    if try isSaved(at: path) {
      try PartialFile.removeLeftovers(of: path)
      return
    }
    let partial = try PartialFile(of: path)
    // Another process may have finished it before the lock was ours.
    if try isSaved(at: path) {
      partial.discard()
      return
    }
    var failures: [DownloadError.MirrorFailure] = []
    for mirror in mirrors {
      let transfer = Transfer(download: self, mirror: mirror, policy: policy, progress: progress)
      do {
        try transfer.complete(partial)
        try partial.finish()
        return
      } catch let failure as DownloadError.MirrorFailure {
        failures.append(failure)
      }
    }
    if partial.count == 0 { partial.discard() }
    throw DownloadError(path: path, failures: failures, keptByteCount: partial.count)
  }
}
