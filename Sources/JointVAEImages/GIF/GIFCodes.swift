import CGIF
import JointVAEFiles

/// The pixels of a GIF frame, unpacked from its codes (GIF89a, appendix F).
///
/// giflib clears its table of 4096 entries at every code that asks for it, so that a file of nothing but such codes takes
/// seconds a megabyte. Here a clear costs one step, and so does every code that gives no pixel: the work is bounded by
/// the pixels and the bytes.
struct GIFCodes {
  private let file: UnsafeMutablePointer<GifFileType>
  /// What errors about giflib's failures are.
  private let failure: (Int32) -> FileError
  private let name: String

  // The bits that were read and not used.
  private var bits: UInt32 = 0
  private var bitCount = 0
  private var block: [UInt8] = []
  private var place = 0
  private var isAtEnd = false

  // The table: a string is an earlier one and a byte more.
  private let clear: Int
  private let minimumWidth: Int
  private var width: Int
  private var next: Int
  private var previous: Int?
  private var prefixes = [UInt16](repeating: 0, count: 4096)
  private var suffixes = [UInt8](repeating: 0, count: 4096)
  private var lengths = [UInt16](repeating: 0, count: 4096)
  /// Pixels of the last code that did not fit the line.
  private var rest: [UInt8] = []

  /// Begins with the codes that follow in `file`.
  ///
  /// - Throws: what `failure` makes of giflib's code when they are not there, `FileError` when they are none.
  init(
    _ file: UnsafeMutablePointer<GifFileType>, name: String, failure: @escaping (Int32) -> FileError
  ) throws {
    self.file = file
    self.name = name
    self.failure = failure
    var size: Int32 = 0
    var first: UnsafeMutablePointer<GifByteType>?
    guard DGifGetCode(file, &size, &first) == GIF_OK else { throw failure(file.pointee.Error) }
    guard (1...8).contains(size) else { throw Self.damage(name) }
    clear = 1 << Int(size)
    minimumWidth = Int(size) + 1
    width = minimumWidth
    next = clear + 2
    if let first { block = Self.bytes(of: first) } else { isAtEnd = true }
  }

  /// Fills `line` with the next pixels.
  mutating func read(into line: inout [UInt8]) throws {
    var count = min(rest.count, line.count)
    line.replaceSubrange(..<count, with: rest.prefix(count))
    rest.removeFirst(count)
    while count < line.count {
      let code = try readCode()
      if code == clear {
        (width, next, previous) = (minimumWidth, clear + 2, nil)
        continue
      }
      guard code != clear + 1, code < next || (code == next && previous != nil && next < 4096)
      else {
        throw Self.damage(name)
      }
      guard let before = previous else {
        // The first code after a clear is a pixel.
        guard code < clear else { throw Self.damage(name) }
        line[count] = UInt8(code)
        count += 1
        previous = code
        continue
      }
      // The code that is not in the table yet is the one before it, with its own first pixel again.
      if next < 4096 {
        prefixes[next] = UInt16(before)
        suffixes[next] = first(of: code == next ? before : code)
        lengths[next] = length(of: before) + 1
        next += 1
        if next == 1 << width, width < 12 { width += 1 }
      }
      count = put(code, into: &line, from: count)
      previous = code
    }
  }

  /// Skips what is left of the codes.
  mutating func finish() throws {
    while !isAtEnd { try readBlock() }
  }

  private func length(of code: Int) -> UInt16 { code < clear ? 1 : lengths[code] }

  private func first(of code: Int) -> UInt8 {
    var code = code
    while code >= clear { code = Int(prefixes[code]) }
    return UInt8(code)
  }

  /// Puts the pixels of `code` at `start` of `line`, and those that do not fit aside.
  private mutating func put(_ code: Int, into line: inout [UInt8], from start: Int) -> Int {
    let length = Int(length(of: code))
    let end = start + length
    if end > line.count { rest = [UInt8](repeating: 0, count: end - line.count) }
    var code = code
    for place in (start..<end).reversed() {
      let pixel = code < clear ? UInt8(code) : suffixes[code]
      if place < line.count { line[place] = pixel } else { rest[place - line.count] = pixel }
      if code >= clear { code = Int(prefixes[code]) }
    }
    return min(end, line.count)
  }

  private mutating func readCode() throws -> Int {
    while bitCount < width {
      while place == block.count {
        guard !isAtEnd else { throw Self.damage(name) }
        try readBlock()
      }
      bits |= UInt32(block[place]) << UInt32(bitCount)
      place += 1
      bitCount += 8
    }
    let code = Int(bits & (1 << UInt32(width) - 1))
    bits >>= UInt32(width)
    bitCount -= width
    return code
  }

  private mutating func readBlock() throws {
    var next: UnsafeMutablePointer<GifByteType>?
    guard DGifGetCodeNext(file, &next) == GIF_OK else { throw failure(file.pointee.Error) }
    place = 0
    if let next { block = Self.bytes(of: next) } else { (block, isAtEnd) = ([], true) }
  }

  /// A block's first byte is its length.
  private static func bytes(of block: UnsafeMutablePointer<GifByteType>) -> [UInt8] {
    Array(UnsafeBufferPointer(start: block + 1, count: Int(block[0])))
  }

  private static func damage(_ name: String) -> FileError {
    FileError(name, "is a damaged GIF image: its pixels are packed wrongly")
  }
}
