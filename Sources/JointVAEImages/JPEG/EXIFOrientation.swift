/// Finds the orientation in the EXIF block of a JPEG, a TIFF header and a directory of tags (CIPA
/// DC-008, section 4.6; TIFF 6.0, section 2).
enum EXIFOrientation {
  /// The orientation that an EXIF block gives: the body of an APP1 segment of JPEG, a chunk eXIf of PNG or EXIF of
  /// WebP, with or without the word Exif before it. Nil when it gives none.
  ///
  /// Programs have written all kinds of broken blocks, so damage means that there is none, and the
  /// pixels are taken as they lie.
  static func find(in segment: ArraySlice<UInt8>) -> ImageOrientation? {
    let hasName = segment.starts(with: "Exif\0\0".utf8)
    let bytes = Array(hasName ? segment.dropFirst(6) : segment)
    let isLittleEndian = bytes.starts(with: "II".utf8)
    guard isLittleEndian || bytes.starts(with: "MM".utf8) else { return nil }
    func number(at place: Int, count: Int) -> Int? {
      guard place >= 0, place <= bytes.count - count else { return nil }
      let digits = bytes[place..<place + count]
      let value = { (number: Int, byte: UInt8) in number << 8 | Int(byte) }
      return isLittleEndian ? digits.reversed().reduce(0, value) : digits.reduce(0, value)
    }
    guard number(at: 2, count: 2) == 42, let directory = number(at: 4, count: 4),
      let count = number(at: directory, count: 2)
    else { return nil }
    for entry in 0..<count {
      let place = directory + 2 + 12 * entry
      guard let tag = number(at: place, count: 2) else { return nil }
      if tag == 0x0112 {
        // One number of 16 bits, kept in the entry itself.
        guard number(at: place + 2, count: 2) == 3, number(at: place + 4, count: 4) == 1 else {
          return nil
        }
        return number(at: place + 8, count: 2).flatMap { ImageOrientation(rawValue: $0) }
      }
    }
    return nil
  }
}
