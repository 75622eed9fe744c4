/// The texts of a chart: their sizes, and the room they take.
enum ChartText: String {
  /// What the chart shows.
  case title
  /// An axis's name.
  case name
  /// A number at a tick.
  case tick
  /// A group of marks, or a curve in a legend.
  case row

  /// The height of a line of letters, in pixels.
  var size: Double {
    switch self {
    case .title: 14
    case .name: 12
    case .tick: 11.5
    case .row: 12.5
    }
  }

  /// The room that `text` takes at most, in pixels, whichever of the style sheet's fonts a reader has.
  ///
  /// The widths are those of DejaVu Sans, the widest of them, rounded up.
  func width(of text: String) -> Double {
    let letters = text.reduce(0) { $0 + Self.width(of: $1) }
    return letters * size * (self == .title ? 1.1 : 1)
  }

  /// As much of `text` as `room` pixels hold, with `…` in place of the rest.
  func fitted(_ text: String, room: Double) -> String {
    guard width(of: text) > room else { return text }
    var rest = room - width(of: "…")
    return String(
      text.prefix { letter in
        rest -= width(of: String(letter))
        return rest >= 0
      }) + "…"
  }

  /// The width of a letter, as a share of its size.
  private static func width(of letter: Character) -> Double {
    guard let value = letter.asciiValue else {
      return letter.unicodeScalars.contains { $0.value >= 0x1F000 } ? 1.4 : 1
    }
    return switch value {
    case UInt8(ascii: "i"), UInt8(ascii: "j"), UInt8(ascii: "l"), UInt8(ascii: "I"): 0.3
    case UInt8(ascii: " ")...UInt8(ascii: "!"), UInt8(ascii: "'")...UInt8(ascii: ")"),
      UInt8(ascii: ",")...UInt8(ascii: "/"), UInt8(ascii: ":")...UInt8(ascii: ";"),
      UInt8(ascii: "f"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      0.42
    case UInt8(ascii: "m"), UInt8(ascii: "w"), UInt8(ascii: "M"), UInt8(ascii: "W"),
      UInt8(ascii: "%"), UInt8(ascii: "@"):
      1
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "#"), UInt8(ascii: "&"),
      UInt8(ascii: "+"), UInt8(ascii: "<")...UInt8(ascii: ">"), UInt8(ascii: "~"):
      0.84
    default: 0.65
    }
  }
}
