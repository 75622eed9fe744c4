import JointVAEImages

extension TerminalGraphics {
  /// Bands of six rows; in each, every color that it has draws its columns, repeated ones counted.
  static func sixel(_ picture: Image) -> String {
    let levels = picture.channels == 3 ? SixelColors.cube : SixelColors.grays
    var result = "\u{1B}P0;1q\"1;1;\(picture.width);\(picture.height)"
    for (number, color) in levels.colors.enumerated() {
      result += "#\(number);2;\(color.red);\(color.green);\(color.blue)"
    }
    for top in stride(from: 0, to: picture.height, by: 6) {
      var masks: [Int: [UInt8]] = [:]
      for y in top..<min(top + 6, picture.height) {
        for x in 0..<picture.width {
          let color = levels.number(of: picture, x, y)
          masks[color, default: Array(repeating: 0, count: picture.width)][x] |= 1 << UInt8(y - top)
        }
      }
      for (color, columns) in masks.sorted(by: { $0.key < $1.key }) {
        result += "#\(color)\(runs(of: columns))$"
      }
      result += "-"
    }
    return result + "\u{1B}\\\n"
  }

  /// `!12~` for twelve full columns.
  private static func runs(of columns: [UInt8]) -> String {
    var result = ""
    var start = 0
    while start < columns.count {
      var end = start + 1
      while end < columns.count, columns[end] == columns[start] { end += 1 }
      let character = String(UnicodeScalar(63 + columns[start]))
      result +=
        end - start > 3
        ? "!\(end - start)\(character)" : String(repeating: character, count: end - start)
      start = end
    }
    return result
  }
}

/// The colors of a picture in sixels, whose parts are percents.
private struct SixelColors {
  var colors: [(red: Int, green: Int, blue: Int)]
  /// Steps of each part; 1 part for grays.
  private var steps: Int
  private var isGray: Bool

  /// 64 grays.
  static let grays = SixelColors(
    colors: (0..<64).map { ($0 * 100 / 63, $0 * 100 / 63, $0 * 100 / 63) }, steps: 64, isGray: true)
  /// 6 x 6 x 6 colors.
  static let cube = SixelColors(
    colors: (0..<216).map { ($0 / 36 * 20, $0 / 6 % 6 * 20, $0 % 6 * 20) }, steps: 6, isGray: false)

  func number(of picture: Image, _ x: Int, _ y: Int) -> Int {
    func step(_ channel: Int) -> Int {
      (Int(picture[x: x, y: y, channel: channel]) * (steps - 1) + 127) / 255
    }
    return isGray ? step(0) : (step(0) * 6 + step(1)) * 6 + step(2)
  }
}
