import Foundation
import JointVAE
import JointVAEFiles
import JointVAEKernels

/// Prepared images kept from one run to the next, in files that are mapped into memory.
///
/// Each file is known by what it was made of: the source's paths, lengths and times of change, and
/// every setting of the preparation. Any number of processes may use a cache at once; a file that
/// is damaged counts as missing.
public struct PreparedCache: Hashable, Sendable {
  /// A data set in the cache.
  public struct Entry: Hashable, Sendable {
    /// The data set's name or path.
    public var dataSet: String
    /// Such as `train`.
    public var part: String
    /// The number of images.
    public var count: Int
    /// The shape of each.
    public var imageShape: ImageShape
    /// The file's length.
    public var byteCount: Int
    /// The file.
    public var path: String
  }

  /// The folder of the files, made when the first is written.
  public let folder: String
  private static let suffix = ".prepared"

  /// A cache in `folder`.
  public init(folder: String) { self.folder = folder }

  /// The data sets in the cache, by name; damaged files are left out.
  public func entries() -> [Entry] {
    files().compactMap { path in
      guard let header = try? PreparedFile.header(path) else { return nil }
      return Entry(
        dataSet: header.key.dataSet, part: header.part, count: header.count,
        imageShape: header.imageShape, byteCount: byteCount(of: path), path: path)
    }.sorted { ($0.dataSet, $0.part, $0.path) < ($1.dataSet, $1.part, $1.path) }
  }

  /// What the folder holds besides whole data sets: files that are being made, and damaged ones.
  public struct Rest: Hashable, Sendable {
    /// Files that a process is making.
    public var unfinished: Files
    /// Files that are damaged, or of another version.
    public var damaged: Files
  }

  /// Some files and their bytes.
  public struct Files: Hashable, Sendable {
    /// The number of files.
    public var count: Int
    /// Their bytes.
    public var byteCount: Int
  }

  /// The files that are no entries.
  public func rest() -> Rest {
    let known = Set(entries().map(\.path))
    func sum(_ paths: [String]) -> Files {
      Files(count: paths.count, byteCount: paths.map(byteCount(of:)).reduce(0, +))
    }
    return Rest(
      unfinished: sum(files(includingPartial: true).filter { $0.hasSuffix(TemporaryFile.suffix) }),
      damaged: sum(files().filter { !known.contains($0) }))
  }

  /// Removes files that processes were making when they were killed.
  ///
  /// Files that a process is making stay. The next file that is made has the same effect.
  /// - Returns: how many files, and how many bytes they took.
  @discardableResult public func removeAbandoned() -> Files {
    let removed = TemporaryFile.removeAbandoned(in: folder)
    return Files(count: removed.fileCount, byteCount: removed.byteCount)
  }

  /// Removes every file of the cache, also damaged and half written ones; a process that has one open keeps
  /// it.
  ///
  /// - Returns: how many files, and how many bytes they took.
  /// - Throws: `FileError` when one cannot be removed.
  @discardableResult public func clear() throws -> (fileCount: Int, byteCount: Int) {
    var byteCount = 0
    let all = files(includingPartial: true)
    for path in all {
      let length = self.byteCount(of: path)
      guard unlink(path) == 0 || errno == ENOENT else {
        throw FileError(path, "cannot be removed: \(systemReason())")
      }
      byteCount += length
    }
    return (all.count, byteCount)
  }

  /// The images made with `key`; nil when they are not here, or damaged.
  func images(for key: PreparedHeader.Key, threads: Int?) -> LabeledImages? {
    guard let path = try? path(for: key),
      let (header, images) = try? PreparedFile.images(path, threads: threads), header.key == key
    else { return nil }
    return images
  }

  /// A file to keep the images made with `key` in.
  ///
  /// - Throws: `CacheError` when the folder cannot be made or written.
  func newFile(for key: PreparedHeader.Key) throws -> PartialFile {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw CacheError(cause: FileError(folder, "cannot be made"))
    }
    // A build that was killed leaves as much as the images take.
    removeAbandoned()
    return try PartialFile(for: path(for: key))
  }

  private func path(for key: PreparedHeader.Key) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    var name: [UInt64] = [1, 2]
    // Two sequences of SplitMix64; the key itself is compared when the file is read.
    for byte in try encoder.encode(key) {
      for index in name.indices {
        var random = RandomSequence(state: name[index] ^ UInt64(byte))
        name[index] = random.next()
      }
    }
    let digits = name.map { String($0, radix: 36) }.joined()
    let words = key.dataSet.split(separator: "/").last ?? "images"
    let start = words.unicodeScalars.prefix(40).map {
      $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
        ? Character($0) : "-"
    }
    return "\(folder)/\(String(start))-\(digits)\(Self.suffix)"
  }

  private func files(includingPartial: Bool = false) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter {
      $0.hasSuffix(Self.suffix) || (includingPartial && $0.hasSuffix(TemporaryFile.suffix))
    }.sorted().map { "\(folder)/\($0)" }
  }

  private func byteCount(of path: String) -> Int {
    ((try? FileManager.default.attributesOfItem(atPath: path)[.size]) as? Int) ?? 0
  }
}

extension PreparedCache {
  /// The cache of this user: `prepared` in `jointvae` in the folder for caches (see ``DataRoots``);
  /// nil when the environment names none.
  public static func standard(
    environment: (String) -> String? = DataRoots.processEnvironment
  ) -> PreparedCache? {
    DataRoots.cacheFolder(environment: environment).map { PreparedCache(folder: "\($0)/prepared") }
  }
}

/// Why prepared images could not be kept; they can be prepared all the same.
struct CacheError: DescribedError {
  /// The error of the file system.
  var cause: FileError

  var description: String { "The prepared images were not kept: \(cause)." }
}
