import JointVAEFiles

/// What a JPEG file shows before anything is decoded (ITU-T T.81, annex B).
struct JPEGOutline {
  /// Pixels in a stored row.
  let width: Int
  /// Stored rows.
  let height: Int
  /// 1 for gray, 3 for color.
  let channels: Int
  /// How the stored pixels are turned.
  let orientation: ImageOrientation

  /// Walks through the segments of `bytes`, of which errors speak as `name`, up to the pixels.
  /// - Throws: `FileError` for a file that is not a JPEG, is cut off or damaged, has samples of other than 8 bits or
  ///   the inks of print, or is larger than `limits`.
  init(_ bytes: [UInt8], name: String, limits: ImageLimits) throws {
    guard bytes.starts(with: [0xff, 0xd8, 0xff]) else {
      throw FileError(name, "is not a JPEG image: it does not begin with FF D8 FF")
    }
    guard bytes.count <= limits.maximumByteCount else {
      throw FileError(
        name, "holds \(bytes.count) bytes; expected at most \(limits.maximumByteCount)")
    }
    var frame: ArraySlice<UInt8>?
    var orientation: ImageOrientation?
    var position = 2
    while true {
      let segment = try Segment(bytes, at: position, name: name)
      if segment.startsPixels { break }
      if segment.isFrame { frame = frame ?? bytes[segment.body] }
      // Adobe's XMP has segments of the same number.
      if segment.marker == 0xe1, bytes[segment.body].starts(with: "Exif\0\0".utf8) {
        orientation = orientation ?? EXIFOrientation.find(in: bytes[segment.body])
      }
      position = segment.body.upperBound
    }
    guard let frame, frame.count >= 6 else {
      throw FileError(name, "is a damaged JPEG image: it does not give its size")
    }
    let fields = frame.prefix(6).map { Int($0) }
    guard fields[0] == 8 else {
      throw FileError(
        name, "is a JPEG image with \(fields[0]) bits a sample; expected 8: convert it to PNG")
    }
    height = fields[1] << 8 | fields[2]
    width = fields[3] << 8 | fields[4]
    _ = try limits.pixelCount(width: width, height: height, name: name)
    guard fields[5] == 1 || fields[5] == 3 else {
      throw FileError(
        name,
        fields[5] == 4
          ? "is a JPEG image in the four inks of print (CMYK); convert it to RGB"
          : "is a JPEG image of \(fields[5]) components; expected 1 or 3")
    }
    channels = fields[5]
    self.orientation = orientation ?? .upright
  }
}

/// A marker and the bytes that belong to it.
private struct Segment {
  let marker: UInt8
  /// Without marker and length.
  let body: Range<Int>

  /// The first scan ends what can be known without decoding.
  var startsPixels: Bool { marker == 0xda || marker == 0xd9 }

  /// SOF0 to SOF15, among which DHT, JPG and DAC have their numbers.
  var isFrame: Bool { 0xc0...0xcf ~= marker && ![0xc4, 0xc8, 0xcc].contains(marker) }

  init(_ bytes: [UInt8], at position: Int, name: String) throws {
    let cutOff = FileError(
      name, "is cut off: it ends at byte \(bytes.count), before the end of the JPEG image")
    guard position < bytes.count else { throw cutOff }
    guard bytes[position] == 0xff else {
      throw FileError(
        name,
        "is a damaged JPEG image: at byte \(position), expected a marker, which begins with FF")
    }
    // Any number of FF may fill the room before a marker.
    guard let place = bytes[position...].firstIndex(where: { $0 != 0xff }) else { throw cutOff }
    marker = bytes[place]
    if marker == 0x01 || 0xd0...0xd9 ~= marker {
      body = place + 1..<place + 1
      return
    }
    guard place + 2 < bytes.count else { throw cutOff }
    let length = Int(bytes[place + 1]) << 8 | Int(bytes[place + 2])
    guard length >= 2 else {
      throw FileError(
        name, "is a damaged JPEG image: the segment at byte \(position) claims \(length) bytes")
    }
    guard length <= bytes.count - place - 1 else { throw cutOff }
    body = place + 3..<place + 1 + length
  }
}
