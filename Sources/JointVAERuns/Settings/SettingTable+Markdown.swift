extension SettingTable {
  /// The settings as a page of documentation: docs/settings.md.
  package static var markdown: String {
    var text = """
      # Settings

      `jointvae train` takes each setting as an option, such as `--batch-size 32`. Experiment files take it as a key,
      such as `batch-size: 32`. A recipe gives a value to every setting; [recipes.md](recipes.md) lists the recipes.
      A run that is resumed keeps all settings but those marked *may change*.

      This page is generated from the table of settings. After a change there, renew it from the repository's root:

          jointvae generate settings > docs/settings.md
          jointvae generate schema > Experiments/schema.json

      """
    for group in SettingGroup.allCases {
      text += "\n## \(group.rawValue)\n\n"
      for setting in all where setting.group == group { text += setting.markdown }
    }
    return text
  }
}

extension AnySetting {
  fileprivate var markdown: String {
    let value = kind.isWithoutValue || valueName == name ? "" : " \(valueName)"
    var words = "`\(name)\(value)`: \(help) Value: \(kind.range)"
    words += unit.map { " (\($0))." } ?? "."
    if let defaultValue { words += " Default: \(defaultValue.text)." }
    if let companion { words += " Only with `\(companion.name)`." }
    if let rival { words += " Not beside `\(rival)`." }
    if !isFixed { words += " *May change.*" }
    return Self.wrapped(words, width: 118).enumerated()
      .map { ($0.offset == 0 ? "- " : "  ") + $0.element + "\n" }.joined()
  }

  /// The words of `text` in lines of at most `width` characters, where they fit.
  private static func wrapped(_ text: String, width: Int) -> [String] {
    text.split(separator: " ").reduce(into: [String]()) { lines, word in
      if let line = lines.last, line.count + 1 + word.count <= width {
        lines[lines.count - 1] = "\(line) \(word)"
      } else {
        lines.append(String(word))
      }
    }
  }
}
