import Foundation
import JointVAE
import JointVAEMetrics
import Testing

@Suite("Merging categories")
struct CategoryGroupsTests {
  /// The codes of images with these probabilities, row by row.
  private func encoding(_ alphas: [[Double]], _ discrete: [Int]? = nil) throws -> Encoding {
    let discrete = discrete ?? [alphas[0].count]
    return Encoding(
      latents: LatentSpec(continuous: 0, discrete: discrete), count: alphas.count, mean: [],
      logVariance: [],
      probabilities: discrete.map { _ in alphas.flatMap { $0.map { Float($0) } } })
  }

  @Test("takes together what the same images hesitate between")
  func hesitation() throws {
    let codes = try encoding([
      [0.6, 0.0, 0.4, 0.0], [0.3, 0.0, 0.7, 0.0], [0.0, 0.9, 0.0, 0.1], [0.0, 0.2, 0.0, 0.8],
    ])
    let groups = try CategoryGroups(merging: codes, into: 2)
    #expect(groups.groups == [0, 1, 0, 1])
    #expect(groups.categories(of: 1) == [1, 3])
    #expect(try CategoryGroups(merging: codes, into: 3).count == 3)
  }

  @Test("agrees with scipy's average linkage (Tests/Oracles/merged_categories.py)")
  func scipy() throws {
    let alphas = (0..<40).map { (image: Int) -> [Double] in
      let exponentials = (0..<9).map { (category: Int) -> Double in
        let angle = 0.7 * Double(image * (category % 4 + 1)) + 1.3 * Double(category)
        return exp(3 * sin(angle))
      }
      let sum = exponentials.reduce(0, +)
      return exponentials.map { $0 / sum }
    }
    let codes = try encoding(alphas)
    for (count, expected) in [
      (2, [0, 0, 0, 0, 0, 0, 0, 0, 1]), (3, [0, 1, 0, 0, 0, 1, 1, 0, 2]),
      (5, [0, 1, 2, 2, 0, 3, 1, 0, 4]), (8, [0, 1, 2, 2, 3, 4, 5, 6, 7]),
    ] {
      #expect(try CategoryGroups(merging: codes, into: count).groups == expected, "\(count)")
    }
  }

  @Test("measures groups by the sums of their probabilities")
  func scores() throws {
    // The most probable category of the second image is 1, its most probable group that of 0 and 2.
    let codes = try encoding([[0.6, 0.0, 0.4], [0.3, 0.4, 0.3], [0.1, 0.9, 0.0]])
    let scores = try MergedScores(
      codes, CategoryGroups([0, 1, 0]), labels: [0, 0, 1], classNames: ["a", "b"])
    #expect(scores.counts == [2, 1])
    #expect(scores.accuracy?.oneToOne == 1)
    #expect(
      try MergedScores(codes, CategoryGroups([0, 1, 0]), labels: nil, classNames: []).accuracy
        == nil)
  }

  @Test("is read back from its text, and nothing else is")
  func text() throws {
    let latents = LatentSpec(continuous: 2, discrete: [2, 4])
    let groups = CategoryGroups(variable: 1, [7, 3, 7, 1])
    #expect(groups.text == "c1: 0 1 0 2")
    #expect(CategoryGroups(text: groups.text, latents: latents) == groups)
    for text in ["", "c1", "c1:", "c1: 0 1 0", "c1: 0 1 0 x", "c2: 0 1", "z1: 0 1 0 2", "c-1: 0 1"]
    {
      #expect(CategoryGroups(text: text, latents: latents) == nil, "\(text)")
    }
  }

  @Test("refuses other counts, and asks which of several variables")
  func refusals() throws {
    let codes = try encoding([[0.5, 0.3, 0.2]])
    for count in [-1, 0, 1, 3, 4, 1_000_000] {
      let error = #expect(throws: ConfigurationError.self) {
        try CategoryGroups(merging: codes, into: count)
      }
      #expect(error?.description.contains("from 2 to 2, as c0 has 3 categories") == true)
    }
    let two = try encoding([[0.5, 0.3, 0.2]], [3, 3])
    let error = #expect(throws: ConfigurationError.self) {
      try CategoryGroups(merging: two, into: 2)
    }
    #expect(
      error?.description.contains("one of c0 with 3 categories, c1 with 3 categories") == true)
    #expect(try CategoryGroups(merging: two, variable: 1, into: 2).variable == 1)
    #expect(throws: ConfigurationError.self) {
      try CategoryGroups(merging: two, variable: 2, into: 2)
    }
  }
}
