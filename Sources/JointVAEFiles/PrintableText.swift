extension String {
  /// One line of at most `limit` characters for a terminal or a pipe: what would control it is written as JSON escapes it,
  /// as in `\u001b`, and what is long is cut.
  ///
  /// For every name and text that comes from a file or an argument.
  package func printable(limit: Int = 200) -> String {
    let shown = String(unicodeScalars.prefix(limit))
    return shown.escapingControls { $0 == "\n" || $0 == "\t" }
      + (unicodeScalars.dropFirst(limit).isEmpty ? "" : "…")
  }

  /// Lines for a terminal or a pipe: as ``printable(limit:)``, but line feeds and tabs stay, and nothing is cut.
  ///
  /// All that the program prints goes through here, so that no file and no argument can move the cursor, change colors or
  /// reorder what is read. JSON stays the same JSON.
  package var printableLines: String { escapingControls { _ in false } }

  /// ``printableLines``, each cut after `limit` characters.
  package func printableLines(limit: Int) -> String {
    if unicodeScalars.count <= limit { return printableLines }
    return unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      String(line.prefix(limit)).printableLines + (line.dropFirst(limit).isEmpty ? "" : "…")
    }.joined(separator: "\n")
  }

  private func escapingControls(also isEscaped: (Unicode.Scalar) -> Bool) -> String {
    guard unicodeScalars.contains(where: { $0.controlsTerminals || isEscaped($0) }) else {
      return self
    }
    var text = ""
    for scalar in unicodeScalars {
      guard scalar.controlsTerminals || isEscaped(scalar) else {
        text.unicodeScalars.append(scalar)
        continue
      }
      for unit in String(scalar).utf16 {
        let digits = String(unit, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
    return text
  }
}

extension Unicode.Scalar {
  /// Whether a terminal may act on it, or show the text around it in another order, instead of showing it.
  ///
  /// Line feeds and tabs do not count. Joiners stay: some scripts need them.
  fileprivate var controlsTerminals: Bool {
    switch value {
    case 0x09, 0x0a: false
    case 0x00...0x1f, 0x7f...0x9f: true
    // What is typed for most: no table is asked.
    case ..<0x600: false
    // Marks that change the direction of text, breaks of lines and paragraphs, what is not seen, and tags.
    case 0x61c, 0x200b, 0x200e, 0x200f, 0x2028...0x202e, 0x2060...0x206f, 0xfeff, 0xfff9...0xfffb,
      0xe0000...0xe007f:
      true
    default: false
    }
  }
}
