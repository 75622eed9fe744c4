import JointVAEFiles
import Testing

@Suite("Texts from files and arguments, as they are printed")
struct PrintableTextTests {
  @Test(
    "control nothing: what would is written as JSON escapes it",
    arguments: [
      ("\u{1B}[31mred\u{1B}[0m", "\\u001b[31mred\\u001b[0m"),
      ("\u{1B}]0;title\u{7}", "\\u001b]0;title\\u0007"), ("a\rb\u{8}c", "a\\u000db\\u0008c"),
      ("\u{9B}2J\u{7F}\u{0}", "\\u009b2J\\u007f\\u0000"),
      ("gnp.\u{202E}exe\u{2066}x", "gnp.\\u202eexe\\u2066x"),
      ("a\u{2028}b\u{200B}\u{FEFF}", "a\\u2028b\\u200b\\ufeff"),
      ("tag\u{E0041}", "tag\\udb40\\udc41"),
    ])
  func escaped(text: String, shown: String) {
    #expect(text.printable() == shown)
    #expect(text.printableLines == shown)
    #expect(FileError(text, "is odd").description == "\(shown): is odd")
  }

  @Test(
    "stay as they are in every script, with joiners",
    arguments: ["", "plain \"text\" \\ 'x'", "é ß 数字 عربي فارسی‌ها हिन्दी", "👩‍👩‍👧‍👦 🇩🇪", "a\u{301}"])
  func kept(_ text: String) {
    #expect(text.printable() == text)
    #expect(text.printableLines == text)
  }

  @Test("are one line, or keep their lines")
  func lines() {
    #expect("a\nb\tc".printable() == "a\\u000ab\\u0009c")
    #expect("a\nb\tc".printableLines == "a\nb\tc")
    #expect(
      TextTable([["a\nb", "c"], ["d", "e\tf"]]).text == "a\\u000ab  c\nd         e\\u0009f")
  }

  @Test("are cut where they are long")
  func cut() {
    #expect("abcdef".printable(limit: 6) == "abcdef")
    #expect("abcdefg".printable(limit: 6) == "abcdef…")
    let long = String(repeating: "x", count: 100_000)
    #expect(long.printable().count == 201)
    #expect(long.printableLines == long)
    #expect("ab\nc\n".printableLines(limit: 2) == "ab\nc\n")
    #expect("abc\n\u{1B}b\nabcd".printableLines(limit: 2) == "ab…\n\\u001bb\nab…")
    #expect(TextTable([[long, "y"]]).text == long.printable() + "  y")
  }
}
