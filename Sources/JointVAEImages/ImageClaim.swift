import JointVAEFiles

/// How large an image claims to be, by its first bytes alone.
package enum ImageClaim {
  /// Width times height of the image in `bytes`; nil when that is not to be seen.
  package static func pixelCount(of bytes: [UInt8]) -> Int? {
    func number(_ place: Int, _ count: Int, isBigEndian: Bool = false) -> Int? {
      guard place + count <= bytes.count else { return nil }
      let digits = bytes[place..<place + count]
      return (isBigEndian ? Array(digits) : digits.reversed()).reduce(0) { $0 << 8 | Int($1) }
    }
    func product(_ width: Int?, _ height: Int?) -> Int? {
      guard let width, let height else { return nil }
      let (count, overflows) = width.multipliedReportingOverflow(by: height)
      return overflows ? .max : count
    }
    switch FileFormat(bytes) {
    case .png: return product(number(16, 4, isBigEndian: true), number(20, 4, isBigEndian: true))
    case .gif: return product(number(6, 2), number(8, 2))
    case .bmp: return try? BMPHeader(bytes, name: "", limits: .standard).pixelCount
    case .pnm: return try? PNMHeader(bytes, name: "", limits: .standard).pixelCount
    case .webP: return try? WebPOutline(bytes, name: "", limits: .standard).pixelCount
    case .jpeg:
      let outline = try? JPEGOutline(bytes, name: "", limits: .standard)
      return product(outline?.width, outline?.height)
    default: return nil
    }
  }
}

extension BMPHeader {
  fileprivate var pixelCount: Int { width * height }
}

extension PNMHeader {
  fileprivate var pixelCount: Int { width * height }
}

extension WebPOutline {
  fileprivate var pixelCount: Int { width * height }
}
