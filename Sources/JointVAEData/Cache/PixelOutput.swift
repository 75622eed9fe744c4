import JointVAEFiles
import Synchronization

/// Where the pixels of prepared images go, in any order: memory, or a file of the cache.
final class PixelOutput: Sendable {
  let encoding: PixelStorage.Encoding
  /// Values of one image.
  let valueCount: Int
  private let file: PartialFile?
  private let memory = Mutex<[UInt8]>([])

  /// - Parameter file: nil for memory.
  init(valueCount: Int, encoding: PixelStorage.Encoding, file: PartialFile?) {
    self.valueCount = valueCount
    self.encoding = encoding
    self.file = file
  }

  /// Bytes of one image as it is kept.
  var imageByteCount: Int { encoding.byteCount(valueCount: valueCount) }

  /// Keeps `images`, whole ones of a byte a value, as those from number `first` on.
  ///
  /// - Throws: `CacheError` when the disk is full.
  func write(_ images: UnsafeBufferPointer<UInt8>, from first: Int) throws {
    switch encoding {
    case .bytes: try keep(UnsafeRawBufferPointer(images), at: first * imageByteCount)
    case .bits:
      try PixelStorage.packed(images, valueCount: valueCount).withUnsafeBytes {
        try keep($0, at: first * imageByteCount)
      }
    }
  }

  /// Calls `body` with all bytes of the first `count` images, to read and to change.
  func withBytes<Result>(
    _ count: Int, _ body: (UnsafeMutableRawBufferPointer) throws -> Result
  ) throws -> Result {
    let length = count * imageByteCount
    if let file { return try file.withBytes(length, body) }
    var bytes = memory.withLock { $0.take() }
    defer { memory.withLock { [bytes] in $0 = bytes } }
    return try bytes.withUnsafeMutableBytes {
      try body(UnsafeMutableRawBufferPointer(rebasing: $0[..<length]))
    }
  }

  /// The first `count` images as they are kept, and no more.
  ///
  /// - Parameter trailer: makes, of all pixels, what is written behind them when they go to a file,
  ///   which is then published.
  func finish(
    _ count: Int, trailer: (UnsafeRawBufferPointer) throws -> [UInt8]
  ) throws -> PixelStorage {
    let length = count * imageByteCount
    guard let file else {
      var bytes = memory.withLock { $0.take() }
      bytes.removeLast(bytes.count - length)
      return PixelStorage(bytes, encoding: encoding, valueCount: valueCount)
    }
    try file.setLength(length)
    let rest = try file.withBytes(length) { try trailer(UnsafeRawBufferPointer($0)) }
    try rest.withUnsafeBytes { try file.write($0, at: length) }
    try file.publish()
    do {
      let mapped = try MappedFile(file.target)
      return PixelStorage(mapped, 0..<length, encoding: encoding, valueCount: valueCount)
    } catch let error as FileError {
      throw CacheError(cause: error)
    }
  }

  private func keep(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws {
    if let file { return try file.write(bytes, at: offset) }
    memory.withLock { memory in
      let end = offset + bytes.count
      if memory.count < end {
        memory.append(contentsOf: repeatElement(0, count: end - memory.count))
      }
      memory.withUnsafeMutableBytes {
        UnsafeMutableRawBufferPointer(rebasing: $0[offset..<end]).copyMemory(from: bytes)
      }
    }
  }
}

extension [UInt8] {
  /// The bytes, of which none are left here.
  fileprivate mutating func take() -> [UInt8] {
    defer { self = [] }
    return self
  }
}
