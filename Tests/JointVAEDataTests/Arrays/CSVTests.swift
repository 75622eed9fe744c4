import JointVAEData
import JointVAEFiles
import JointVAEKernels
import TestSupport
import Testing

@Suite("Images of a CSV")
struct CSVTests {
  private func images(_ text: String, label: CSVLabelColumn = .automatic) throws -> CSVImages {
    try CSVImages(label: label) { MemoryBytes(text) }
  }

  @Test(
    "are rows of pixels, however lines end and fields are separated",
    arguments: [
      "1,2,3,4\n5,60,255,0\n", "1,2,3,4\n5,60,255,0", "1,2,3,4\r\n5,60,255,0\r\n",
      "1,2,3,4\r5,60,255,0\r", "1;2;3;4\n5;60;255;0\n", "1\t2\t3\t4\n5\t60\t255\t0\n",
      "\u{feff}1,2,3,4\n5,60,255,0\n", "\n\n1,2,3,4\n\n\n5,60,255,0\n\n",
      "\"1\",2,\"3\",4\n5,60,\"255\",0\n", " 1, 2 ,3,4\n5, 60,255 ,0\n",
      "1.0,2.,3.00,4\n5,60,255.0,+0\n", "001,02,3,4\r\n5,060,255,-0",
      "a,b,c,d\n1,2,3,4\n5,60,255,0\n", "0,0.1,0.2,0.3\n1,2,3,4\n5,60,255,0",
      "\"a\",\"two\nlines\",\"c\"\"c\",d\n1,2,3,4\n5,60,255,0\n",
    ])
  func plain(_ text: String) throws {
    let images = try images(text)
    #expect((images.height, images.width, images.channels) == (2, 2, 1))
    #expect(images.count == nil)
    #expect(try pixels(images) == [1, 2, 3, 4, 5, 60, 255, 0])
    #expect(images.labels == nil)
  }

  @Test("are read again as numbers of any kind when one is no whole number from 0 to 255")
  func otherNumbers() throws {
    let texts = [
      ("0,1,0,1\n0.5,1e-1,.25,0.75\n", ValueRange(0, 1), [0, 255, 0, 255, 128, 26, 64, 191]),
      ("0,1,2,255\n0.4,0.6,254.7,-0.2\n", ValueRange(-0.2, 255), [0, 1, 2, 255, 0, 1, 255, 0]),
      ("a,0.5,0.25,1,0\nb,0.75,0,0.5,1\n", ValueRange(0, 1), [128, 64, 255, 0, 191, 0, 128, 255]),
      ("0,1,0,1\n1,1,0,0\n", ValueRange(0, 1), [0, 255, 0, 255, 255, 255, 0, 0]),
    ]
    for (text, range, expected) in texts {
      #expect(throws: ScaleRefuted(found: range)) { try pixels(images(text)) }
      let again = try images(text)
      try again.expect(PixelExpectation(found: range))
      #expect(try pixels(again) == expected.map { UInt8($0) })
      #expect(again.values?.found == range)
    }
    for (text, range) in [
      ("1,2,3,256\n", ValueRange(1, 256)), ("1,2,3,4\n5,-6,7,1e2\n", ValueRange(-6, 100)),
    ] {
      #expect(throws: ScaleRefuted(found: range)) { try pixels(images(text)) }
      #expect(throws: ScaleRefuted(found: range)) {
        try images(text).expect(PixelExpectation(found: range))
      }
      let given = try images(text)
      try given.expect(PixelExpectation(values: range))
      let values = try pixels(given)
      #expect(values.min() == 0 && values.max() == 255)
    }
    let beyond = try images("0,15,3,16\n")
    try beyond.expect(PixelExpectation(values: ValueRange(0, 15)))
    #expect(throws: ScaleRefuted(found: ValueRange(0, 16))) { try pixels(beyond) }
  }

  @Test(
    "come with labels where the header says so",
    arguments: [
      "label,a,b,c,d\n7,1,2,3,4\n9,5,6,7,8",
      "a,b,CLASS,c,d\n1,2,7,3,4\n5,6,9,7,8", "a,b,c,d,target\n1,2,3,4,7\n5,6,7,8,9\n",
      "label,0,1,2,3\n7,1,2,3,4\n9,5,6,7,8", "label,1,2,3,4\n7,1,2,3,4\n9,5,6,7,8",
    ])
  func labels(_ text: String) throws {
    let images = try images(text)
    #expect(images.labels == .numbers([]))
    #expect(try pixels(images, limit: 1) == [1, 2, 3, 4, 5, 6, 7, 8])
    #expect(images.labels == .numbers([7, 9]))
  }

  @Test("have the label's column that is asked for")
  func labelColumn() throws {
    let text = "a,b,c,d,e\n1,2,3,4,5\n"
    for (column, label) in [
      (CSVLabelColumn.first, 1), (.last, 5), (.number(3), 3), (.named("B"), 2),
    ] {
      let images = try images(text, label: column)
      #expect(try pixels(images) == [1, 2, 3, 4, 5].filter { $0 != UInt8(label) })
      #expect(images.labels == .numbers([label]))
    }
    let unlabeled = try images("label,b,c,d\n1,2,3,4\n", label: .none)
    #expect(try pixels(unlabeled) == [1, 2, 3, 4])
    #expect(unlabeled.labels == nil)
  }

  @Test("may have labels of text, also without a header, and of both kinds")
  func textLabels() throws {
    let letters = try images("A,1,2,3,5\n\"B, \"\"b\"\"\",5,6,7,8\nÄ,9,9,9,9\n")
    #expect(try pixels(letters).count == 12)
    #expect(letters.labels == .names(["A", "B, \"b\"", "Ä"]))
    let last = try images("1,2,3,5,plus\n5,6,7,8,minus\n")
    #expect(try pixels(last) == [1, 2, 3, 5, 5, 6, 7, 8])
    #expect(last.labels == .names(["plus", "minus"]))
    let mixed = try images("label,a,b,c,d\n3,1,2,3,4\nplus,5,6,7,8\n4,5,6,7,8\n")
    _ = try pixels(mixed)
    #expect(mixed.labels == .names(["3", "plus", "4"]))
  }

  @Test("are RGB when the pixels are three times a square")
  func color() throws {
    let row = (1...12).map(String.init).joined(separator: ",")
    let plain = try images(row + "\n")
    #expect((plain.height, plain.width, plain.channels) == (2, 2, 3))
    #expect(try pixels(plain) == Array(1...12))
    let labeled = try images("5,\(row)\n", label: .first)
    #expect(labeled.channels == 3)
    #expect(try pixels(labeled) == Array(1...12))
    #expect(labeled.labels == .numbers([5]))
    // 49 = 7², not a label and three times 4².
    let gray = try images((0..<49).map(String.init).joined(separator: ",") + "\n")
    #expect((gray.width, gray.channels) == (7, 1))
    #expect(gray.labels == nil)
  }

  @Test("are the same whatever pieces the file comes in")
  func pieces() throws {
    var random = RandomSequence(state: 3)
    var expected: [UInt8] = []
    var text = "\"label\"" + (1...100).map { ",p\($0)" }.joined()
    for _ in 0..<3000 {
      // Runs of zeros, on which the fast path lives, and numbers of every length.
      let row = (0..<100).map { _ in
        random.number(below: 3) == 0 ? UInt8(random.number(below: 256)) : 0
      }
      expected += row
      text += "\r\n\"class, 1\"," + row.map(String.init).joined(separator: ",")
    }
    for pieceLength in [1, 1013, .max] {
      let bytes = Array(text.utf8)
      let images = try CSVImages { MemoryBytes(bytes, pieceLength: pieceLength) }
      #expect(try pixels(images, limit: 64) == expected, "\(pieceLength)")
      #expect(images.labels?.count == 3000)
    }
  }
}

@Suite(
  "The real letters of az",
  .enabled(
    if: SharedFiles.data.has("az/A_Z_Handwritten_Data.balanced2990.csv.gz"),
    "no az folder under JOINTVAE_DATA"))
struct LettersCSVTests {
  @Test("have 28x28 pixels, and 115 of each of the 26 letters")
  func balanced() throws {
    let path = SharedFiles.data.path("az/A_Z_Handwritten_Data.balanced2990.csv.gz")
    let letters = try CSVImages { try ByteSources.open(path) }
    #expect((letters.height, letters.width, letters.channels) == (28, 28, 1))
    let pixels = try pixels(letters, limit: 100)
    #expect(pixels.count == 2990 * 784)
    #expect(letters.labels == .numbers((0..<2990).map { $0 / 115 }))
    // White on black, within the middle 20x20 pixels.
    #expect(pixels.prefix(4 * 28).allSatisfy { $0 == 0 })
    #expect(pixels.contains(255))
  }
}
