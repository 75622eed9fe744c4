import Foundation
import TestSupport

/// Barron's loss and density as mpmath computes them with 50 digits: Tests/Oracles/robust_loss.json.
struct RobustOracle: Decodable {
  struct Curve: Decodable {
    var alpha: String
    var x: Double
    var c: Double
    var value: Double
    var slope: Double
  }
  struct Shape: Decodable {
    var alpha: Double
    var x: Double
    var c: Double
    var byAlpha: Double
  }
  struct Partition: Decodable {
    var alpha: Double
    var value: Double
    var slope: Double?
  }

  var curves: [Curve]
  var shapes: [Shape]
  var partitions: [Partition]

  init() throws {
    let path = "\(SharedFiles.packageFolder)/Tests/Oracles/robust_loss.json"
    self = try JSONDecoder().decode(Self.self, from: Data(contentsOf: URL(filePath: path)))
  }
}
