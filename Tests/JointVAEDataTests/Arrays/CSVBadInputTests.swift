import JointVAEData
import JointVAEFiles
import JointVAEKernels
import TestSupport
import Testing

/// A text that is no CSV of images, and what is said of it.
struct BadCSV: CustomTestStringConvertible, Sendable {
  var text: String
  var problem: String
  var testDescription: String { text.prefix(30).debugDescription }

  private static let pixel = "expected a pixel, a number"
  private static let square =
    "expected those of a square image, gray or RGB, and one more for a label, separated by "
    + "commas, semicolons, tabs or spaces"

  static let all = [
    BadCSV(text: "", problem: "is empty; expected a CSV with an image in each row"),
    BadCSV(text: "\n\r\n\n", problem: "is empty; expected a CSV with an image in each row"),
    BadCSV(text: "\u{feff}", problem: "is empty; expected a CSV with an image in each row"),
    BadCSV(
      text: "a,b,c,d\n", problem: "holds a header and no images; expected an image in each row"),
    BadCSV(
      text: "a,b,c,d\n\n\n", problem: "holds a header and no images; expected an image in each row"),
    BadCSV(text: "1,2,3\n", problem: "has 3 columns; \(square)"),
    BadCSV(text: "name\n", problem: "has 1 column; \(square)"),
    BadCSV(text: "label,b,c\n", problem: "has 3 columns, number 1 for the label; \(square)"),
    BadCSV(
      text: "1,2,3,4\n5,6,7\n", problem: "has 3 columns in line 2; expected 4, as in its first row"),
    BadCSV(
      text: "1,2,3,4\n5,6,7,8,9,10\n",
      problem: "has 6 columns in line 2; expected 4, as in its first row"),
    BadCSV(
      text: "1,2,3,4\n\n\r\n5,6,7,8\n5,6,7",
      problem: "has 3 columns in line 5; expected 4, as in its first row"),
    BadCSV(
      text: "1,2,3,4\n5;6;7;8\n",
      problem: "has 1 column in line 2; expected 4, as in its first row"),
    BadCSV(
      text: "1,2,3,4\n5,6,7,8,\n",
      problem: "has 5 columns in line 2; expected 4, as in its first row"
    ),
    BadCSV(text: "1,2,3,4\n5,,7,8\n", problem: "has \"\" in line 2, column 2; \(pixel)"),
    BadCSV(text: "1,2,3,4\n5,1e999,7,8\n", problem: "has \"1e999\" in line 2, column 2; \(pixel)"),
    BadCSV(text: "1,2,3,4\n5,nan,7,8\n", problem: "has \"nan\" in line 2, column 2; \(pixel)"),
    BadCSV(text: "1,2,3,4.5\n5,,7,8\n", problem: "has \"\" in line 2, column 2; \(pixel)"),
    BadCSV(text: "1,2,3,4\nx,6,7,8\n", problem: "has \"x\" in line 2, column 1; \(pixel)"),
    BadCSV(
      text: "1,2,3,4\n5,6,7,\u{1b}[31m\n",
      problem: "has \"\\u{1B}[31m\" in line 2, column 4; \(pixel)"),
    BadCSV(
      text: "1,2,3,4\n5,\"6,7,8\n9,9,9,9\n",
      problem: "has a quote that is never closed in line 2, column 2"),
    BadCSV(
      text: "1,2,3,4\n5,\"6\"x,7,8\n", problem: "has text after a closing quote in line 2, column 2"
    ),
    BadCSV(text: "\"1,2,3,4\n", problem: "has a quote that is never closed in line 1, column 1"),
    BadCSV(
      text: "label,a,b,c,d\n,5,6,7,8\n",
      problem: "has no label in line 2, column 1; expected a class number or name"),
    BadCSV(
      text: "0,1,2,3,4\n\(String(repeating: "x", count: 300)),5,6,7,8\n",
      problem: "has a label of 300 bytes in line 2; expected at most 200"),
    // Lines are counted through quotes.
    BadCSV(
      text: "label,a,b,c,d\n\"two\nlines\",5,6,7,8\n3,5,6,7,x\n",
      problem: "has \"x\" in line 4, column 5; \(pixel)"),
  ]
}

@Suite("A bad CSV")
struct CSVBadInputTests {
  private func problem(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch let error as FileError {
      return error.path == "file" ? error.problem : "another path: \(error)"
    } catch {
      return "another error: \(error)"
    }
  }

  @Test("is refused with the line and column of what is wrong", arguments: BadCSV.all)
  func refused(_ bad: BadCSV) {
    #expect(problem { _ = try pixels(CSVImages { MemoryBytes(bad.text) }) } == bad.problem)
    // A row that is wrong in whatever piece of the file it comes.
    let bytes = Array(bad.text.utf8)
    #expect(
      problem {
        _ = try pixels(CSVImages { MemoryBytes(bytes, path: "file", pieceLength: 1) })
      } == bad.problem)
  }

  @Test("in UTF-16 is refused by its first bytes")
  func utf16() {
    for start: [UInt8] in [[0xff, 0xfe], [0xfe, 0xff]] {
      #expect(
        problem { _ = try CSVImages { MemoryBytes(start + [0x31, 0]) } }
          == "is text in UTF-16; expected a CSV saved as UTF-8")
    }
  }

  @Test("without the label's column that is asked for is refused, with the nearest name")
  func labelColumn() {
    func problem(_ text: String, _ label: CSVLabelColumn) -> String? {
      self.problem { _ = try CSVImages(label: label) { MemoryBytes(text) } }
    }
    #expect(
      problem("letter,b,c,d,e\n", .named("lettr"))
        == "has no column \"lettr\"; did you mean \"letter\"? its columns are \"letter\", \"b\", "
        + "\"c\", \"d\", \"e\"")
    #expect(
      problem("1,2,3,4,5\n", .named("class"))
        == "has no header, so no column is named \"class\"; pass the label's column by its number")
    #expect(
      problem("1,2,3,4,5\n", .number(6)) == "has no column 6 for the labels; expected 1 to 5")
    #expect(
      problem("1,2,3,4,5\n", .number(0)) == "has no column 0 for the labels; expected 1 to 5")
  }

  @Test("of one endless row is refused before it fills the memory")
  func endlessRow() {
    let text = [UInt8](repeating: UInt8(ascii: "1"), count: 20 << 20)
    #expect(
      problem { _ = try CSVImages { MemoryBytes(text) } }
        == "has a row of more than 16777216 bytes at line 1; expected one image a row, all quotes "
        + "closed")
  }
}

@Suite("CSV files damaged at random")
struct CSVFuzzTests {
  @Test("are read or refused with an error about the file, alike in pieces of any length")
  func mutations() throws {
    var random = RandomSequence(state: Fuzzing.environment.seed(21))
    let words = [",", "\"", "\n", "\r", "\"\"", ";", "0,0,0,0,", "255", "256", "label", " ", "-"]
    var accepted = 0
    let rounds = Fuzzing.environment.rounds(4000, parts: 2) {
      var text = random.number(below: 2) == 0 ? "label,a,b,c,d,e,f,g,h,i\n" : ""
      for _ in 0..<1 + random.number(below: 5) {
        text += (0..<10).map { _ in "\(random.number(below: 3) * random.number(below: 128))" }
          .joined(separator: ",")
        text += random.number(below: 4) == 0 ? "\r\n" : "\n"
      }
      let bytes = damaged(Array(text.utf8), words: words, using: &random)
      let whole = outcome(bytes, pieceLength: .max, limit: 100)
      if case .images = whole { accepted += 1 }
      if case .surprise(let what) = whole { Issue.record("\(what) of \(bytes)") }
      #expect(outcome(bytes, pieceLength: 1, limit: 1) == whole, "\(bytes)")
    }
    #expect(accepted > rounds / 100)
    #expect(accepted < rounds / 5 * 4)
  }

  private enum Outcome: Equatable {
    case images([UInt8], ArrayLabels?)
    case refused(String)
    case surprise(String)
  }

  private func outcome(_ bytes: [UInt8], pieceLength: Int, limit: Int) -> Outcome {
    do {
      let images = try CSVImages { MemoryBytes(bytes, pieceLength: pieceLength) }
      let pixels = try pixels(images, limit: limit)
      let count = pixels.count / images.imageByteCount
      if let labels = images.labels, labels.count != count {
        return .surprise("\(labels.count) labels of \(count) images")
      }
      return .images(pixels, images.labels)
    } catch let error as FileError {
      return .refused(error.problem)
    } catch let refuted as ScaleRefuted {
      return .refused(refuted.found.text)
    } catch {
      return .surprise("\(error)")
    }
  }
}
