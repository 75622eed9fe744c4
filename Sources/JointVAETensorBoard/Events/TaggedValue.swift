import JointVAEFiles
import JointVAEImages

/// A value under a tag, by which TensorBoard shows it; `summary.proto` of TensorFlow numbers its fields.
package struct TaggedValue: Equatable {
  /// Groups and name, with slashes between them.
  package var tag: String
  /// The value.
  package var content: Content

  /// A value.
  package enum Content: Equatable {
    /// A number.
    case scalar(Float)
    /// A picture as a PNG file.
    case picture(EncodedPicture)
    /// How many numbers lie where.
    case histogram(Histogram)
    /// A text, in Markdown.
    case text(String)
    /// What a part of TensorBoard reads in a form of its own.
    case plugin(name: String, content: [UInt8])
  }

  /// A value under a tag.
  package init(_ tag: String, _ content: Content) { (self.tag, self.content) = (tag, content) }

  func write(_ writer: inout WireWriter) {
    writer.text(1, tag)
    switch content {
    case .scalar(let value): writer.float(2, value)
    case .picture(let picture):
      writer.message(4) {
        $0.integer(1, picture.height)
        $0.integer(2, picture.width)
        $0.integer(3, picture.channels)
        $0.bytes(4, picture.png)
      }
    case .histogram(let histogram): writer.message(5, histogram.write)
    case .text(let text):
      writer.message(8) {
        $0.integer(1, Self.stringType)
        $0.text(Self.stringField, text)
      }
      writePlugin("text", [], &writer)
    case .plugin(let name, let content):
      // Readers expect a value beside the metadata.
      writer.message(8) {
        $0.integer(1, Self.floatType)
        $0.bytes(2, [])
        $0.float(5, 0)
      }
      writePlugin(name, content, &writer)
    }
  }

  private func writePlugin(_ name: String, _ content: [UInt8], _ writer: inout WireWriter) {
    writer.message(9) { metadata in
      metadata.message(1) {
        $0.text(1, name)
        if !content.isEmpty { $0.bytes(2, content) }
      }
    }
  }

  // Types and fields of tensors.
  private static let floatType = 1
  private static let stringType = 7
  static let stringField = 8
}

/// A picture as a PNG file, with its measures.
package struct EncodedPicture: Equatable {
  /// Pixels from top to bottom.
  package var height: Int
  /// Pixels from left to right.
  package var width: Int
  /// 1 for gray, 3 for red, green and blue.
  package var channels: Int
  /// The file.
  package var png: [UInt8]

  /// A PNG file of this package's, with measures as its header has them.
  ///
  /// - Returns: nil for bytes that are no such file.
  package init?(png: [UInt8]) {
    guard FileFormat(png) == .png, png.count > 29, let channels = [0: 1, 2: 3, 4: 2, 6: 4][png[25]]
    else {
      return nil
    }
    func number(at place: Int) -> Int { png[place..<place + 4].reduce(0) { $0 << 8 | Int($1) } }
    (width, height) = (number(at: 16), number(at: 20))
    (self.channels, self.png) = (channels, png)
  }
}

/// How many of some numbers lie between neighboring limits.
package struct Histogram: Equatable {
  /// The right ends of the parts, growing.
  package var limits: [Double]
  /// Numbers in each part.
  package var counts: [Double]
  /// The least and the largest number, how many there are, their sum and that of their squares.
  package var minimum: Double
  package var maximum: Double
  package var count: Double
  package var sum: Double
  package var sumOfSquares: Double

  /// A histogram of parts of equal width from the least to the largest of `values`.
  ///
  /// - Returns: nil for no values, and for some that are not finite.
  package init?(_ values: [Double], parts: Int = 30) {
    guard let least = values.min(), let largest = values.max(), parts > 0,
      values.allSatisfy(\.isFinite)
    else { return nil }
    let width = max((largest - least) / Double(parts), .leastNormalMagnitude)
    counts = Array(repeating: 0, count: parts)
    for value in values { counts[min(parts - 1, Int((value - least) / width))] += 1 }
    limits = (1...parts).map { least + width * Double($0) }
    limits[parts - 1] = max(largest, limits[parts - 1])
    (minimum, maximum, count) = (least, largest, Double(values.count))
    sum = values.reduce(0, +)
    sumOfSquares = values.reduce(0) { $0 + $1 * $1 }
  }

  /// A histogram of categories, each in a part of its own around its number.
  package init(categories: [Int]) {
    limits = categories.indices.map { Double($0) + 0.5 }
    counts = categories.map(Double.init)
    (minimum, maximum) = (-0.5, Double(categories.count) - 0.5)
    count = counts.reduce(0, +)
    sum = counts.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element }
    sumOfSquares = counts.enumerated().reduce(0) {
      $0 + Double($1.offset * $1.offset) * $1.element
    }
  }

  func write(_ writer: inout WireWriter) {
    for (field, value) in [minimum, maximum, count, sum, sumOfSquares].enumerated() {
      writer.double(field + 1, value)
    }
    writer.doubles(6, limits)
    writer.doubles(7, counts)
  }
}
