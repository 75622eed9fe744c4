import JointVAEFiles

/// The description of the array in a .npy file. The elements follow.
struct NPYHeader: Equatable {
  /// What every .npy file begins with.
  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  /// The longest header that is read, in bytes; NumPy itself reads 10,000.
  static let longest = 1 << 16

  /// What the elements are.
  enum Content: Equatable {
    case numbers(NPYElement)
    case texts(NPYText)
    /// Something that is not read, as the header names it.
    case other(String)

    init(description: String) {
      if let element = NPYElement(description: description) {
        self = .numbers(element)
      } else if let text = NPYText(description: description) {
        self = .texts(text)
      } else {
        self = .other(description)
      }
    }

    /// Bytes of an element; nil when they are not read.
    var byteCount: Int? {
      switch self {
      case .numbers(let element): element.byteCount
      case .texts(let text): text.byteCount
      case .other: nil
      }
    }
  }

  /// What the elements are.
  var content: Content
  /// The type of the elements as the header names it.
  private let description: String
  private let path: String
  /// The length of each axis; the last varies fastest.
  var shape: [Int]
  /// The number of elements; the product of `shape`.
  var count: Int

  /// Reads the header of `source`.
  ///
  /// - Throws: `FileError` when it is no .npy file of version 1 to 3, its elements are of a type or
  ///   in an order that is not read, or the file has no room for them.
  init(_ source: any ByteSource) throws {
    let path = source.path
    let text = try Self.text(source)
    let dictionary: NPYDictionary
    do {
      dictionary = try NPYDictionary(text.bytes)
    } catch let mistake as NPYDictionary.Mistake {
      throw FileError(
        path,
        "has a header that is no .npy header: expected \(mistake.expected) at byte "
          + "\(text.place + mistake.place); it is damaged, fetch it again")
    }
    self.path = path
    description = dictionary.description
    content = Content(description: description)
    guard let width = content.byteCount else {
      throw FileError(path, NPYElement.complaint(about: description))
    }
    guard !dictionary.isFortranOrder || dictionary.shape.count < 2 else {
      throw FileError(
        path,
        "is in Fortran order; expected C order: convert it in Python with "
          + "numpy.ascontiguousarray(array) and save it again")
    }
    shape = dictionary.shape
    var product = 1
    for length in shape {
      let (value, overflows) = product.multipliedReportingOverflow(by: length)
      // A zero axis makes any other harmless.
      product = overflows ? .max : value
    }
    count = shape.contains(0) ? 0 : product
    let (size, overflows) = count.multipliedReportingOverflow(by: width)
    let (total, overflowsToo) = size.addingReportingOverflow(text.place + text.bytes.count)
    guard !overflows, !overflowsToo, total <= source.largestByteCount else {
      throw FileError(
        path,
        "claims to hold \(Self.text(of: shape)) elements of \(width) bytes, but has room "
          + "for at most \(source.largestByteCount) bytes; it is cut off or damaged, fetch it again"
      )
    }
  }

  /// The type of the elements, which are to be numbers.
  ///
  /// - Throws: `FileError` when they are texts.
  func element() throws -> NPYElement {
    guard case .numbers(let element) = content else {
      throw FileError(path, NPYElement.complaint(about: description))
    }
    return element
  }

  /// The dictionary of a file, and its place in it.
  private static func text(_ source: any ByteSource) throws -> (bytes: [UInt8], place: Int) {
    let start = try source.next(8)
    guard start.count == 8, Array(start.prefix(6)) == magic else {
      let format = FileFormat(try start + source.next(FileFormat.startLength - start.count))
      let found =
        format.map(\.description) ?? (start.isEmpty ? "empty" : "not a NumPy array")
      throw FileError(
        source.path,
        format == .npy
          ? "ends within its header; fetch it again"
          : "is \(found); expected an array as numpy.save writes it"
            + (format?.advice.map { ": \($0)" } ?? ""))
    }
    guard (1...3).contains(start[6]) else {
      throw FileError(
        source.path, "is a .npy file of version \(start[6]).\(start[7]); expected 1 to 3")
    }
    let width = start[6] == 1 ? 2 : 4
    let lengthBytes = try source.next(width)
    let length = lengthBytes.reversed().reduce(0) { $0 << 8 | Int($1) }
    guard lengthBytes.count == width, length <= longest else {
      throw FileError(
        source.path,
        lengthBytes.count < width
          ? "ends within its header; fetch it again"
          : "has a header of \(length) bytes; expected at most \(longest)")
    }
    let text = try source.next(length)
    guard text.count == length else {
      throw FileError(
        source.path,
        "ends within its header, after \(text.count) of \(length) bytes; fetch it again")
    }
    return (text, 8 + width)
  }

  /// Such as `(60000, 28, 28)`.
  static func text(of shape: [Int]) -> String {
    "(\(shape.map(String.init).joined(separator: ", "))\(shape.count == 1 ? "," : ""))"
  }
}
