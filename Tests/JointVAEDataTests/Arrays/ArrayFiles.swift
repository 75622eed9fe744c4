import JointVAEData
import JointVAEKernels

/// Bytes in memory that come in pieces of at most `pieceLength`, as from a slow disk.
final class MemoryBytes: ByteSource {
  let path: String
  var largestByteCount: Int { bytes.count }
  private let bytes: [UInt8]
  private let pieceLength: Int
  private var place = 0

  init(_ bytes: [UInt8], path: String = "file", pieceLength: Int = .max) {
    self.bytes = bytes
    self.path = path
    self.pieceLength = pieceLength
  }

  convenience init(_ text: String, path: String = "file") {
    self.init(Array(text.utf8), path: path)
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = min(buffer.count, pieceLength, bytes.count - place)
    buffer.copyBytes(from: bytes[place..<place + count])
    place += count
    return count
  }
}

/// All images of `reader`, read `limit` at a time.
func pixels(_ reader: any ImageArrayReader, limit: Int = 7) throws -> [UInt8] {
  let length = reader.height * reader.width * reader.channels
  var all: [UInt8] = []
  while true {
    var count = 0
    all += try [UInt8](unsafeUninitializedCapacity: limit * length) { room, initialized in
      count = try reader.read(limit, into: UnsafeMutableRawBufferPointer(room))
      initialized = count * length
    }
    if count < limit {
      // The end stays the end.
      let more = UnsafeMutableRawBufferPointer.allocate(byteCount: length, alignment: 1)
      defer { more.deallocate() }
      if try count > 0 || reader.read(1, into: more) > 0 { continue }
      return all
    }
  }
}

/// .npy files put together by hand.
enum NPYBytes {
  /// A file of `version` that begins with `dictionary`, padded as NumPy pads it.
  static func file(dictionary: String, version: UInt8 = 1, values: [UInt8]) -> [UInt8] {
    let width = version == 1 ? 2 : 4
    let used = 8 + width + dictionary.utf8.count + 1
    let text = Array(dictionary.utf8) + [UInt8](repeating: 32, count: (64 - used % 64) % 64) + [10]
    let length = (0..<width).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) }
    return [0x93] + Array("NUMPY".utf8) + [version, 0] + length + text + values
  }

  /// A file as NumPy writes it.
  static func file(_ type: String, _ shape: [Int], version: UInt8 = 1, values: [UInt8]) -> [UInt8] {
    let lengths = shape.map { "\($0)," }.joined(separator: " ")
    return file(
      dictionary: "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(lengths)), }",
      version: version, values: values)
  }

  /// The bytes of numbers in memory order.
  static func bytes<Number>(_ numbers: [Number]) -> [UInt8] {
    numbers.withUnsafeBytes(Array.init)
  }
}

/// `bytes` with one to four random changes: a byte set, or taken from a word of the format, a
/// stretch removed or doubled.
func damaged(
  _ bytes: [UInt8], words: [String], using random: inout RandomSequence
) -> [UInt8] {
  var result = bytes
  for _ in 0...random.number(below: 4) where !result.isEmpty {
    let place = random.number(below: result.count)
    let end = min(place + 1 + random.number(below: 16), result.count)
    switch random.number(below: 5) {
    case 0: result[place] = UInt8(random.number(below: 256))
    case 1: result.removeSubrange(place..<end)
    case 2: result.insert(contentsOf: result[place..<end], at: place)
    case 3: result.removeLast(random.number(below: min(40, result.count)))
    default:
      result.insert(contentsOf: words[random.number(below: words.count)].utf8, at: place)
    }
  }
  return result
}
