import JointVAEData
import JointVAEFiles
import JointVAEKernels
import Testing

/// A table of 20 images of 4x4 pixels, drawn at random on black, and their labels.
struct Digits {
  var labels: [Int]
  var images: [[Int]]

  /// - Parameters:
  ///   - classCount: the labels count from 0 to this, exclusive.
  ///   - isSorted: whether those of a class come together.
  init(_ count: Int = 40, classCount: Int = 10, isSorted: Bool = false, pixelBound: Int = 17) {
    var random = RandomSequence(state: 11)
    labels = (0..<count).map { isSorted ? $0 * classCount / count : $0 * 7 % classCount }
    images = (0..<count).map { _ in
      // As of most drawings, the corners are background.
      (0..<16).map { [0, 1, 14, 15].contains($0) ? 0 : random.number(below: pixelBound) }
    }
  }

  /// The lines of a table with `columns` of each image's fields.
  func table(
    header: [String]? = nil, separator: String = ",", end: String = "\n",
    _ fields: (_ image: Int, _ label: String, _ pixels: [String]) -> [String]
  ) -> String {
    let rows = images.indices.map { fields($0, "\(labels[$0])", images[$0].map(String.init)) }
    return ((header.map { [$0] } ?? []) + rows).map { $0.joined(separator: separator) + end }
      .joined()
  }
}

@Suite("The column of the labels is found wherever it is")
struct LabelColumnTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func load(_ text: String, label: String? = nil) throws -> LabeledImages {
    let path = try folder.write(Array(text.utf8), as: "table.csv")
    var request = DataSetRequest(path, imageSize: 16)
    request.labelColumn = label
    request.preparation.fit = .stretch
    // Of 0 to 16, the program would ask.
    request.preparation.values = ValueRange(0, 255)
    return try plainCatalog.load(request)
  }

  private func expect(_ images: LabeledImages, _ digits: Digits, _ what: String) {
    #expect(images.labels == digits.labels, "\(what)")
    #expect(images.preparation?.smallest.width == 4, "\(what)")
  }

  private static let pixelNames = (0..<16).map { "pixel\($0)" }

  @Test(
    "by every name that labels have, in quotes and with Windows' line ends, too",
    arguments: [
      "label", "labels", "Label", "y", "target", "digit", "class", "class_id", "\"labels\"",
      "Class Label", "character", "kind",
    ])
  func names(_ name: String) throws {
    let digits = Digits()
    for end in ["\n", "\r\n"] {
      let names = Self.pixelNames.map { name.hasPrefix("\"") ? "\"\($0)\"" : $0 }
      let last = try load(
        digits.table(header: names + [name], end: end) { $2 + [$1] })
      expect(last, digits, "\(name) last")
      let first = try load(digits.table(header: [name] + names, end: end) { [$1] + $2 })
      expect(first, digits, "\(name) first")
      #expect(first.bytes == last.bytes)
      let middle = try load(
        digits.table(header: Array(names[..<5]) + [name] + names[5...], end: end) {
          Array($2[..<5]) + [$1] + $2[5...]
        })
      expect(middle, digits, "\(name) in the middle")
      #expect(middle.bytes == last.bytes)
    }
  }

  @Test("by its values without a header, first or last", arguments: [false, true])
  func values(isSorted: Bool) throws {
    let digits = Digits(400, isSorted: isSorted)
    for separator in [",", ";", "\t", " "] {
      let first = try load(digits.table(separator: separator) { [$1] + $2 })
      let last = try load(digits.table(separator: separator) { $2 + [$1] })
      expect(first, digits, "first")
      expect(last, digits, "last")
      #expect(first.bytes == last.bytes)
      #expect(last.preparation?.remarks == ["The last column was taken for the labels."])
      #expect(first.preparation?.remarks == [])
    }
  }

  @Test("of photographs, whose corners are like the pixels beside them")
  func photographs() throws {
    var digits = Digits(200)
    var random = RandomSequence(state: 3)
    for image in digits.images.indices {
      let gray = random.number(below: 240)
      digits.images[image] = (0..<16).map { _ in gray + random.number(below: 15) }
    }
    expect(try load(digits.table { [$1] + $2 }), digits, "first")
    expect(try load(digits.table { $2 + [$1] }), digits, "last")
  }

  @Test("is asked for where the values leave a doubt")
  func doubt() throws {
    var digits = Digits()
    digits.labels = digits.labels.map { _ in 0 }
    let text = digits.table { $2 + [$1] }
    #expect(throws: FileError.self) { try load(text) }
    let last = try load(text, label: "last")
    #expect(last.labels == digits.labels)
    // Of columns that are no pixels and have unusual names, neither is taken.
    let two = digits.table(header: ["writer", "kind"] + Self.pixelNames) { ["\($0 % 3)", $1] + $2 }
    #expect(throws: FileError.self) { try load(two) }
    expect(try load(two, label: "kind"), digits, "kind")
  }

  @Test("beside the numbers of rows, names of classes and a comma at the end of each line")
  func otherColumns() throws {
    let digits = Digits()
    let names = Self.pixelNames
    let tables = [
      digits.table(header: ["", "label"] + names) { ["\($0)", $1] + $2 },
      digits.table(header: ["Unnamed: 0", "y"] + names) { ["\($0)", $1] + $2 },
      digits.table(header: ["id", "label"] + names) { ["\($0 + 1000)", $1] + $2 },
      digits.table(header: ["id"] + names + ["target"]) { ["\($0)"] + $2 + [$1] },
      digits.table(header: ["label"] + names) { ["\($0)", $1] + $2 },
      digits.table(header: ["label"] + names + [""]) { [$1] + $2 + [""] },
      digits.table(header: ["label"] + names) { [$1] + $2 + [""] },
      digits.table(header: ["label", "class_name"] + names) { [$1, "digit \($1)"] + $2 },
      digits.table { ["\($0)"] + $2 + [$1] }, digits.table { ["\($0)", $1] + $2 },
      digits.table { $2 + [$1] + [""] }, digits.table { [$1] + $2 + [""] },
    ]
    let plain = try load(digits.table(header: ["label"] + names) { [$1] + $2 })
    for (number, table) in tables.enumerated() {
      let images = try load(table)
      expect(images, digits, "table \(number)")
      #expect(images.bytes == plain.bytes, "table \(number)")
    }
  }

  @Test("as a column a class, with and without names")
  func oneHot() throws {
    let digits = Digits(classCount: 3)
    func ones(_ label: String) -> [String] { (0..<3).map { "\($0)" == label ? "1" : "0" } }
    let plain = try load(digits.table { [$1] + $2 })
    for table in [
      digits.table { $2 + ones($1) }, digits.table { ones($1) + $2 },
      digits.table { $2 + ones($1).map { "\($0).0000" } + [""] },
      digits.table(header: Self.pixelNames + ["class_0", "class_1", "class_2"]) { $2 + ones($1) },
    ] {
      let images = try load(table)
      expect(images, digits, "one-hot")
      #expect(images.bytes == plain.bytes && images.classNames == ["0", "1", "2"])
    }
    let named = try load(
      digits.table(header: Self.pixelNames + ["cat", "dog", "eel"]) { $2 + ones($1) })
    #expect(named.classes == digits.labels.map { ["cat", "dog", "eel"][$0] })
    // A row with two ones, beyond those that are looked at first, is named.
    let wrong =
      String(repeating: digits.table { $2 + ones($1) }, count: 300)
      + digits.images[0].map(String.init).joined(separator: ",") + ",1,1,0\n"
    #expect(throws: FileError.self) { try load(wrong) }
  }

  @Test("and a header of numbers beyond those of pixels is none of the images")
  func numberedHeader() throws {
    let row = (0..<290).map { _ in "7" }.joined(separator: ",")
    let text = (0..<290).map(String.init).joined(separator: ",") + "\n\(row)\n\(row)\n"
    let images = try load(text, label: "first")
    #expect(images.count == 2 && images.labels == [7, 7])
  }
}
