import ArgumentParser
import JointVAERuns

/// Rows of the table of settings that a command takes as options.
protocol SettingSelection: SendableMetatype {
  /// The rows, in the order of help.
  static var settings: [AnySetting] { get }
}

/// The options of some settings, made from their rows.
///
/// The argument parser finds options by reflection and reads their values by decoding. This type offers it children
/// and keys that come from the table, so that no setting is declared here.
struct SettingOptions<Selection: SettingSelection>: ParsableArguments, CustomReflectable {
  /// Texts by the settings' names.
  private var texts: [String: String] = [:]

  init() {}

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: Key.self)
    for setting in Selection.settings {
      texts[setting.name] = try setting.option.text(in: values, forKey: Key(setting.name))
    }
  }

  var customMirror: Mirror {
    Mirror(self, children: Selection.settings.map { ($0.name, $0.option.wrapper) })
  }

  /// The settings that were given.
  var changes: SettingChanges {
    var changes = SettingChanges()
    for (name, text) in texts { changes[text: name] = text }
    return changes
  }

  func validate() throws {
    for setting in Selection.settings {
      guard let rival = setting.rival, texts[setting.name] != nil, texts[rival] != nil else {
        continue
      }
      throw ValidationError(
        "--\(rival) and --\(setting.name) exclude each other; give one of them.")
    }
  }

  private struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}

/// A setting's row as the argument parser declares it.
private enum SettingOption {
  case value(Option<String?>)
  case flag(Flag<Bool>)
  case toggle(Flag<Bool?>)

  /// What reflection finds.
  var wrapper: Any {
    switch self {
    case .value(let option): option
    case .flag(let flag): flag
    case .toggle(let flag): flag
    }
  }

  /// The text that was given; nil for none.
  func text<Key: CodingKey>(
    in values: KeyedDecodingContainer<Key>, forKey key: Key
  ) throws -> String? {
    switch self {
    case .value: try values.decode(Option<String?>.self, forKey: key).wrappedValue
    case .flag: try values.decode(Flag<Bool>.self, forKey: key).wrappedValue ? "true" : nil
    case .toggle: try values.decode(Flag<Bool?>.self, forKey: key).wrappedValue.map { "\($0)" }
    }
  }
}

extension AnySetting {
  /// The help of its option, with a default of the command's own or the usual one.
  func argumentHelp(default other: String? = nil) -> ArgumentHelp {
    let suffix = (other ?? defaultWords).map { " (default: \($0))" } ?? ""
    return ArgumentHelp("\(help)\(suffix)", valueName: valueName)
  }

  /// The default as the command line gives it.
  private var defaultWords: String? {
    switch (kind, defaultValue) {
    case (.toggle, .value("true")): "--\(name)"
    case (.toggle, .value): "--no-\(name)"
    default: defaultValue?.text
    }
  }

  fileprivate var option: SettingOption {
    let (name, help) = (NameSpecification.customLong(name), argumentHelp())
    switch kind {
    case .flag: return .flag(Flag(wrappedValue: false, name: name, help: help))
    case .toggle: return .toggle(Flag(name: name, inversion: .prefixedNo, help: help))
    default:
      return .value(
        Option(
          name: name, parsing: parsing, help: help, completion: completion,
          transform: { text in
            try self.check(text)
            return text
          }))
    }
  }

  /// Numbers may begin with a minus.
  private var parsing: SingleValueParsingStrategy {
    switch kind {
    case .whole, .size, .number, .numberOrNone, .numbers, .numbersOrNone, .counts,
      .loss:
      .unconditional
    default: .next
    }
  }

  private var completion: CompletionKind? {
    switch kind {
    case .words(let words): .list(words)
    case .path: .file()
    case .text where name == SettingTable.rows.recipe.row.name: Completions.recipes
    default: nil
    }
  }
}
