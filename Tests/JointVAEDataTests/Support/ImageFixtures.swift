import Foundation
import TestSupport
import Testing

/// The small image files of other programs in Tests/Fixtures/Images.
enum ImageFixtures {
  private struct Cases: Decodable {
    struct Case: Decodable {
      var name: String
      var file: Data
    }
    var cases: [Case]
  }

  /// The file of the case called `name`.
  static func bytes(_ name: String, in list: String) throws -> [UInt8] {
    let url = URL(filePath: "\(SharedFiles.packageFolder)/Tests/Fixtures/Images/\(list)")
    let cases = try JSONDecoder().decode(Cases.self, from: Data(contentsOf: url)).cases
    return Array(try #require(cases.first { $0.name == name }).file)
  }
}
