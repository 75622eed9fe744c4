import JointVAEFiles

/// Pixels of a BMP file in runs: pairs of a count and a number, or of 0 and what else is to be done.
struct BMPRuns {
  let header: BMPHeader
  let file: BMPBytes

  /// The numbers of all pixels, row by row from the top; 0 where a run leaves some out.
  func numbers() throws -> [UInt8] {
    var numbers = [UInt8](repeating: 0, count: header.width * header.height)
    let isHalf = header.encoding == .runs4
    var place = header.pixelOffset
    var (x, row) = (0, 0)
    func next() throws -> UInt8 {
      guard place < file.bytes.count else { throw file.cutOff }
      defer { place += 1 }
      return file.bytes[place]
    }
    func put(_ number: UInt8) throws {
      guard x < header.width, row < header.height else { throw outside }
      numbers[(header.height - 1 - row) * header.width + x] = number
      x += 1
    }
    while true {
      let (count, value) = (try next(), try next())
      if count > 0 {
        for index in 0..<count {
          try put(isHalf ? (index.isMultiple(of: 2) ? value >> 4 : value & 15) : value)
        }
        continue
      }
      switch value {
      case 0: (x, row) = (0, row + 1)
      case 1: return numbers
      case 2:
        x += Int(try next())
        row += Int(try next())
        guard x <= header.width, row <= header.height else { throw outside }
      default:
        // So many pixels as they are, filled up to 16 bits.
        var byte: UInt8 = 0
        for index in 0..<value {
          if !isHalf || index.isMultiple(of: 2) { byte = try next() }
          try put(isHalf ? (index.isMultiple(of: 2) ? byte >> 4 : byte & 15) : byte)
        }
        let length = isHalf ? (Int(value) + 1) / 2 : Int(value)
        if !length.isMultiple(of: 2) { _ = try next() }
      }
    }
  }

  private var outside: FileError {
    FileError(file.name, "is a damaged BMP image: a run leaves the image")
  }
}
