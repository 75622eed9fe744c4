import JointVAERuns
import Testing

@Suite("Versions")
struct SemanticVersionTests {
  @Test("come in the order of Semantic Versioning")
  func order() throws {
    // The example of its item 11, and numbers.
    let texts = [
      "0.9.12", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2",
      "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.1-rc.1", "1.0.9", "1.0.10", "1.1.0", "10.0.0",
    ]
    let versions = try texts.map { try #require(SemanticVersion($0)) }
    for (index, version) in versions.enumerated() {
      for (other, later) in versions.enumerated() {
        #expect((version < later) == (index < other), "\(texts[index]), \(texts[other])")
        #expect((version == later) == (index == other))
      }
    }
    #expect(SemanticVersion("1.0.0+a") == SemanticVersion("1.0.0"))
    #expect(SemanticVersion(PackageVersion.current) != nil)
  }

  @Test(
    "are three numbers, and perhaps words",
    arguments: [
      "", "1", "1.0", "1.0.0.0", "1.0.x", "v1.0.0", "1.0.0-", "-1.0.0", "1..0", "1.0.0-a..b",
    ])
  func malformed(_ text: String) { #expect(SemanticVersion(text) == nil) }
}
