import JointVAEData
import Foundation
import JointVAEFiles
import JointVAERuns
import TestSupport
import Testing

struct RestartTableTests {
  private static let text = """
    {"format": 1, "firstSeed": 3, "count": 4, "step": 100, "kept": 4, "candidates": [
      {"seed": 3, "loss": 224.5, "categoriesUsed": 9, "categories": 10},
      {"seed": 4, "loss": 214.7, "categoriesUsed": 10, "categories": 10},
      {"seed": 5, "failure": "step 9: fc_mean.bias holds a value that is not finite"},
      {"seed": 6, "loss": 214.7, "categoriesUsed": 10, "categories": 10}]}
    """

  private func read(_ text: String) throws -> RestartTable {
    try withTemporaryFolder { folder in
      try AtomicFile.write(text, to: "\(folder)/restarts.json")
      return try RestartTable(contentsOf: "\(folder)/restarts.json")
    }
  }

  @Test("The smallest loss is the best, the smaller seed of two, and no seed that failed")
  func best() throws {
    let table = try read(Self.text)
    #expect(table.best?.seed == 4)
    #expect(
      table.text == """
        seed  loss    categories
        3     224.50  9/10
        4     214.70  10/10       goes on
        5                         out of the running: step 9: fc_mean.bias holds a value that is not finite
        6     214.70  10/10
        """)
  }

  @Test(
    "A seed whose code carries nothing comes after those that tell images apart, whatever its loss")
  func information() throws {
    let table = try read(
      Self.text.replacing("\"kept\": 4, ", with: "\"kept\": 6, ")
        .replacing("\"seed\": 4, ", with: "\"seed\": 4, \"information\": 0.09, ")
        .replacing("\"seed\": 6, ", with: "\"seed\": 6, \"information\": 7.25, "))
    #expect(table.best?.seed == 6)
    #expect(table.text.contains("4     214.70  10/10       0.09\n"))
    #expect(table.text.contains("6     214.70  10/10       7.25         goes on"))
    #expect(
      table.sentence.hasSuffix(
        "Seeds whose code carries less than 0.1 nats about the images come last."))
    let copy = try JSONDecoder().decode(RestartTable.self, from: JSONEncoder().encode(table))
    #expect(copy == table)
    #expect(
      try read(Self.text.replacing("\"kept\": 4, ", with: "")).sentence.contains("carries") == false
    )
  }

  @Test(
    "By UDR the largest one is the best, after all whose code carries something; of equal ones the smaller loss"
  )
  func agreement() throws {
    let text = Self.text.replacing("\"kept\": 4, ", with: "\"choice\": \"udr\", ")
      .replacing("\"seed\": 3, ", with: "\"seed\": 3, \"udr\": 0.75, ")
      .replacing("\"seed\": 4, ", with: "\"seed\": 4, \"information\": 0.05, ")
      .replacing("\"seed\": 6, ", with: "\"seed\": 6, \"udr\": 0.5, \"information\": 7, ")
    let table = try read(text)
    #expect(table.rule == .udr && table.best?.seed == 3)
    #expect(table.candidates[0].terms.isEmpty && table.candidates[0].udr == 0.75)
    #expect(table.text.hasPrefix("seed  loss    categories  information  UDR\n"))
    #expect(table.sentence.contains("the one with the largest UDR went on"))
    let even = try read(text.replacing("0.75", with: "0.5"))
    #expect(even.best?.seed == 6)
    // A seed that carries nothing comes last, however small its loss is.
    let silent = try read(
      text.replacing("214.7, \"categoriesUsed\": 10", with: "1, \"categoriesUsed\": 10"))
    #expect(silent.best?.seed != 4)
    let copy = try JSONDecoder().decode(RestartTable.self, from: JSONEncoder().encode(table))
    #expect(copy == table && copy.rule == .udr)
    // The loss decides in files of older versions.
    #expect(try read(Self.text).rule == .loss)
  }

  @Test("By agreement the largest one is the best, and seeds that disagree are not to be trusted")
  func agreementOfCategories() throws {
    let text = Self.text.replacing("\"kept\": 4, ", with: "\"choice\": \"agreement\", ")
      .replacing("\"seed\": 3, ", with: "\"seed\": 3, \"agreement\": 0.75, ")
      .replacing("\"seed\": 6, ", with: "\"seed\": 6, \"agreement\": 0.25, ")
    let table = try read(text)
    #expect(table.rule == .agreement && table.best?.seed == 3)
    #expect(table.text.hasPrefix("seed  loss    categories  agreement\n"))
    #expect(!table.text.contains("disagree"))
    #expect(
      table.sentence.contains("the one went on whose categories the other seeds found again best"))
    let copy = try JSONDecoder().decode(RestartTable.self, from: JSONEncoder().encode(table))
    #expect(copy == table)
    let apart = try read(text.replacing("0.75", with: "0.3").replacing("0.25", with: "0.31"))
    #expect(apart.best?.seed == 6)
    for words in [apart.text, apart.sentence] {
      #expect(
        words.contains(
          "The categories of the seeds disagree: the adjusted Rand index of one with the others is 0.31 at most. "
            + "Do not trust those of any; "))
    }
  }

  @Test("Terms stand in the file under their own names, and in the table by name")
  func terms() throws {
    let table = try read(
      Self.text.replacing(
        "\"loss\": 224.5,", with: "\"loss\": 224.5, \"consistency\": 1.5, \"balance\": 0.25,"))
    #expect(table.candidates[0].terms == ["consistency": 1.5, "balance": 0.25])
    #expect(table.text.hasPrefix("seed  loss    balance  consistency  categories\n"))
    let copy = try JSONDecoder().decode(
      RestartTable.self, from: JSONEncoder().encode(table))
    #expect(copy == table)
  }

  static let damages: [(from: String, to: String, problem: String)] = [
    (text, "{", "is malformed JSON, or holds a number that does not fit, such as 1.5 for a count"),
    ("\"step\": 100, ", "", "\"step\" is missing"),
    ("\"step\": 100", "\"step\": 0", "\"step\" is 0; \(expected)"),
    ("\"format\": 1", "\"format\": 2", "has format 2; this program reads format 1; \(expected)"),
    ("\"count\": 4", "\"count\": 0", "\"count\" is 0, and \"firstSeed\" 3; \(expected)"),
    (
      "\"count\": 4", "\"count\": 9223372036854775807",
      "\"count\" is 9223372036854775807, and \"firstSeed\" 3; \(expected)"
    ),
    (
      "\"firstSeed\": 3", "\"firstSeed\": 18446744073709551615",
      "\"count\" is 4, and \"firstSeed\" 18446744073709551615; \(expected)"
    ),
    (
      "\"seed\": 5", "\"seed\": 7",
      "\"candidates\" are not the first of the seeds from 3 on; \(expected)"
    ),
    (
      "\"count\": 4", "\"count\": 3",
      "\"candidates\" are not the first of the seeds from 3 on; \(expected)"
    ),
    ("\"loss\": 224.5, ", "", "seed 3 has neither a loss nor a failure; \(expected)"),
    (
      "\"failure\"", "\"loss\": 1, \"failure\"", "seed 5 has both a loss and a failure; \(expected)"
    ),
    (
      "\"categoriesUsed\": 9", "\"categoriesUsed\": 11",
      "seed 3 does not say how many of its categories are used; \(expected)"
    ),
    (
      "\"kept\": 4", "\"kept\": 6",
      "\"kept\" is 6, which is not the best of the seeds; \(expected)"
    ),
    (
      "\"count\": 4", "\"count\": 5",
      "\"kept\" is 4, which is not the best of the seeds; \(expected)"
    ),
  ]
  private static let expected = "expected what a training with restarts writes"

  @Test("A damaged table is refused in a sentence", arguments: damages)
  func damaged(from: String, to: String, problem: String) throws {
    let error = try #require(throws: FileError.self) {
      _ = try read(Self.text.replacing(from, with: to))
    }
    #expect(error.problem == problem)
  }
}
