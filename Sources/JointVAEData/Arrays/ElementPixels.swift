import JointVAEFiles

/// The elements of an array, read from front to back and turned into pixels.
///
/// What they stand for is guessed from the first MiB of them, unless that is known. Every element is held to it, and the
/// end is compared with the range of all: a guess that was wrong is never kept.
final class ElementPixels {
  let path: String
  /// Images in all.
  let count: Int
  /// The number of images read so far.
  private(set) var position = 0

  private let source: any ByteSource
  private let element: NPYElement
  /// Elements of an image.
  private let valueCount: Int
  private var expectation = PixelExpectation()
  private(set) var scale: PixelScale
  /// The range of the elements so far, and of an earlier pass.
  private var range: ValueRange?
  /// What was read to decide on the scale, and how much of it was used.
  private var start: [UInt8]
  private var startUsed = 0

  /// Elements of type `element` that follow in `source`: `count` images of `valueCount` each.
  ///
  /// - Throws: `FileError` when the first of them cannot be read.
  init(_ source: any ByteSource, _ element: NPYElement, count: Int, valueCount: Int) throws {
    path = source.path
    self.source = source
    self.element = element
    self.count = count
    self.valueCount = valueCount
    start = try source.next(min(count * valueCount * element.byteCount, 1 << 20))
    scale = .bytes
    decide()
  }

  /// What kind of numbers the elements are.
  var numbers: PixelScale.Numbers { element.kind.numbers }

  var values: PixelValues? {
    range.map { PixelValues(found: $0, range: scale.range, isBinary: scale == .binary) }
  }

  /// To be called before the first image is read.
  ///
  /// - Throws: `ScaleRefuted` when nothing usual has values over the range that was found.
  func expect(_ expectation: PixelExpectation) throws {
    self.expectation = expectation
    range = expectation.found
    if let range, expectation.values == nil, PixelScale(of: range, element.kind.numbers) == nil {
      throw ScaleRefuted(found: range)
    }
    decide()
  }

  /// Takes the expected scale, or the one of the first elements.
  private func decide() {
    if let values = expectation.values {
      scale = PixelScale(values)
      return
    }
    var range = expectation.found
    if range == nil {
      start.withUnsafeBytes { bytes in
        for index in 0..<bytes.count / element.byteCount {
          let number = element.number(index, in: bytes)
          let known = range ?? ValueRange(number, number)
          range = known.union(ValueRange(number, number))
        }
      }
    }
    // Where nothing fits, reading finds out what there is.
    scale = range.flatMap { PixelScale(of: $0, element.kind.numbers) } ?? .bytes
  }

  /// Reads the next images to the start of `buffer`, which has room for `limit`.
  ///
  /// - Returns: how many; 0 when the end was verified.
  /// - Throws: `FileError`, or `ScaleRefuted`.
  func read(_ limit: Int, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    precondition(
      limit > 0 && buffer.count / valueCount >= limit, "the buffer has no room for the images")
    let wanted = min(limit, count - position)
    guard wanted > 0 else {
      try finish()
      return 0
    }
    // Bytes that are pixels already need no second place.
    if element.kind == .uint8, scale == .bytes {
      let pixels = UnsafeMutableRawBufferPointer(rebasing: buffer.prefix(wanted * valueCount))
      try fillImages(pixels)
      include(ValueRange(of: UnsafeRawBufferPointer(pixels)))
      position += wanted
      return wanted
    }
    let elements = UnsafeMutableRawBufferPointer.allocate(
      byteCount: valueCount * element.byteCount, alignment: 16)
    defer { elements.deallocate() }
    for image in 0..<wanted {
      try fillImages(elements)
      let pixels = UnsafeMutableRawBufferPointer(
        rebasing: buffer[(image * valueCount)..<((image + 1) * valueCount)])
      let fits = try convert(UnsafeRawBufferPointer(elements), to: pixels)
      position += 1
      if !fits { try refute(elements) }
    }
    return wanted
  }

  /// Verifies that nothing follows, and that all elements are what they were taken for.
  private func finish() throws {
    try verifyEnd()
    guard expectation.values == nil, let range else { return }
    if PixelScale(of: range, element.kind.numbers) != scale { throw ScaleRefuted(found: range) }
  }

  /// Looks through the rest, now that the scale is known to be wrong.
  private func refute(_ elements: UnsafeMutableRawBufferPointer) throws -> Never {
    let pixels = UnsafeMutableRawBufferPointer.allocate(byteCount: valueCount, alignment: 16)
    defer { pixels.deallocate() }
    while position < count {
      try fillImages(elements)
      _ = try convert(UnsafeRawBufferPointer(elements), to: pixels)
      position += 1
    }
    try verifyEnd()
    throw ScaleRefuted(found: range ?? ValueRange(0, 0))
  }

  private func verifyEnd() throws {
    var more: UInt8 = 0
    let extra = try withUnsafeMutableBytes(of: &more) { try fill($0) }
    guard extra == 0 else {
      throw FileError(
        path,
        "goes on after the \(count) images of its header; it is damaged, fetch it again")
    }
  }

  /// Fills `buffer` with the elements that come next.
  private func fillImages(_ buffer: UnsafeMutableRawBufferPointer) throws {
    let got = try fill(buffer)
    guard got == buffer.count else {
      let image = position + got / (valueCount * element.byteCount)
      throw FileError(path, "ends within image \(image) of \(count); it is cut off, fetch it again")
    }
  }

  private func fill(_ buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let early = min(buffer.count, start.count - startUsed)
    if early > 0 {
      start.withUnsafeBytes {
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[startUsed..<startUsed + early]))
      }
      startUsed += early
      if startUsed == start.count { (start, startUsed) = ([], 0) }
    }
    return try early
      + source.fill(UnsafeMutableRawBufferPointer(rebasing: buffer[early...]))
  }

  /// Turns the elements of an image into pixels.
  ///
  /// - Returns: whether all of them fit the scale; otherwise the pixels are to be forgotten.
  private func convert(
    _ elements: UnsafeRawBufferPointer, to pixels: UnsafeMutableRawBufferPointer
  ) throws -> Bool {
    if element.byteCount == 1, scale == .binary, spreadBits(elements, to: pixels) { return true }
    var (least, most, isNumber, fits) = (Double.infinity, -Double.infinity, true, true)
    for index in 0..<valueCount {
      let number = element.number(index, in: elements)
      isNumber = isNumber && number.isFinite
      least = min(least, number)
      most = max(most, number)
      if let pixel = scale.pixel(number) { pixels[index] = pixel } else { fits = false }
    }
    guard isNumber else { throw noNumber(elements) }
    // Truth values are bytes of which a damaged file may hold any.
    if element.kind == .boolean, !(least >= 0 && most <= 1) {
      throw FileError(
        path,
        "has the truth value \(ValueRange.text(most)) in image \(position), counted from 0; "
          + "expected 0 or 1: it is damaged, fetch it again")
    }
    include(ValueRange(least, most))
    return fits
  }

  private func noNumber(_ elements: UnsafeRawBufferPointer) -> FileError {
    let numbers = (0..<valueCount).lazy.map { self.element.number($0, in: elements) }
    let first = numbers.first { !$0.isFinite } ?? .nan
    return FileError(
      path,
      "has the value \(first) in image \(position), counted from 0; expected finite numbers")
  }

  /// Makes zeros and ones 0 and 255, as fast as they are copied.
  ///
  /// - Returns: whether there was nothing else.
  private func spreadBits(
    _ elements: UnsafeRawBufferPointer, to pixels: UnsafeMutableRawBufferPointer
  ) -> Bool {
    var (some, all) = (UInt8(0), UInt8(1))
    for index in 0..<valueCount {
      some |= elements[index]
      all &= elements[index]
      pixels[index] = 0 &- elements[index]
    }
    guard some <= 1 else { return false }
    include(ValueRange(Double(all), Double(some)))
    return true
  }

  private func include(_ more: ValueRange) { range = range?.union(more) ?? more }
}

extension ValueRange {
  /// The smallest and the largest of `bytes`.
  init(of bytes: UnsafeRawBufferPointer) {
    var (least, most) = (UInt8.max, UInt8.min)
    for byte in bytes {
      least = min(least, byte)
      most = max(most, byte)
    }
    self.init(Double(least), Double(most))
  }
}
