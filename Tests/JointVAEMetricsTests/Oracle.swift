import Foundation
import TestSupport

/// What Tests/Oracles/metrics.py computed with numpy and scikit-learn, and the formulas of its arrays.
///
/// The arrays come from integer arithmetic, so that both sides hold the same bits.
enum Oracle {
  /// The numbers of a section of metrics.json.
  static func numbers(_ section: String) throws -> [String: Double] {
    let path = "\(SharedFiles.packageFolder)/Tests/Oracles/metrics.json"
    let sections = try JSONDecoder().decode(
      [String: [String: Double]].self, from: Data(contentsOf: URL(filePath: path)))
    return sections[section] ?? [:]
  }

  /// An integer of `0..<1009` for row `i` and column `j`.
  static func noise(_ i: Int, _ j: Int) -> Int {
    let mixed = (i * 7919 + j * 104_729 + i * i * 31 + i * j * 17 + 12_345) % 1_000_003
    return mixed * mixed % 1_000_003 % 1009
  }
}
