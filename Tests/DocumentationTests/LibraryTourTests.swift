import Foundation
import TestSupport
import Testing

@Suite("The library in ten minutes") struct LibraryTourTests {
  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: "\(SharedFiles.packageFolder)/\(path)", encoding: .utf8)
  }

  /// Lines without the indentation that they have in common.
  private func dedented(_ text: Substring) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let depth = lines.filter { !$0.isEmpty }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
    return lines.map { $0.dropFirst(depth) }.joined(separator: "\n")
      .trimmingCharacters(in: .newlines)
  }

  @Test("shows the snippets that are compiled here, every one of them")
  func snippets() throws {
    let source = try text("Tests/DocumentationTests/LibraryTour.swift")
    var pieces = [""]
    for line in source.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.trimmingCharacters(in: .whitespaces) == "// ----" {
        pieces.append("")
      } else {
        pieces[pieces.count - 1] += line + "\n"
      }
    }
    let compiled = pieces.enumerated().filter { $0.offset % 2 == 1 }
      .map { dedented($0.element[...]) }
    let shown = try text("docs/library.md").components(separatedBy: "```swift\n").dropFirst()
      .map { $0.components(separatedBy: "\n```")[0] }
    #expect(compiled.count == 14)
    #expect(Set(shown) == Set(compiled) && shown.count == compiled.count)
  }

  @Test("shows a tour that works")
  func works() async throws {
    try await withTemporaryFolder { folder in
      let drawn = try await tour(writingTo: folder)
      #expect(drawn.map(\.count) == [64, 8, 1, 8, 64])
      // The same seed gives the same images, with one thread and with all.
      let areSame = drawn[0] == drawn[4]
      #expect(areSame)
      #expect(FileManager.default.fileExists(atPath: "\(folder)/samples.png"))
    }
  }
}
