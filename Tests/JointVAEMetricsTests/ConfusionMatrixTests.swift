import Foundation
import JointVAEMetrics
import Testing

@Suite("Confusion matrix") struct ConfusionMatrixTests {
  /// Three classes, four categories; category 3 has no image.
  static let small = ConfusionMatrix(
    classNames: ["a", "b", "c"], categoryCount: 4,
    counts: [[8, 1, 0, 0], [2, 5, 3, 0], [7, 0, 4, 0]])

  @Test("Images are counted by class and category")
  func counting() throws {
    let matrix = try ConfusionMatrix(
      labels: [0, 1, 1, 2, 0], categories: [3, 0, 0, 1, 3], classNames: ["x", "y", "z"],
      categoryCount: 5)
    #expect(matrix.counts == [[0, 0, 0, 2, 0], [2, 0, 0, 0, 0], [0, 1, 0, 0, 0]])
    #expect(matrix.imageCount == 5)
    #expect(matrix.classSizes == [2, 2, 1])
    #expect(matrix.categorySizes == [2, 1, 0, 2, 0])
    #expect(matrix.usedCategoryCount == 3)
  }

  @Test("Majority and one-to-one maps and their accuracies")
  func accuracies() {
    let matrix = Self.small
    #expect(matrix.majorityMap == [0, 1, 2, nil])
    #expect(matrix.majorityAccuracy == 17.0 / 30)
    #expect(matrix.oneToOneMap == [0, 1, 2, nil])
    // Two categories of one class: only one of them may keep it.
    let shared = ConfusionMatrix(
      classNames: ["a", "b"], categoryCount: 2, counts: [[6, 5], [1, 3]])
    #expect(shared.majorityMap == [0, 0] && shared.majorityAccuracy == 11 / 15)
    #expect(shared.oneToOneMap == [0, 1] && shared.oneToOneAccuracy == 9 / 15)
    // Fewer categories than classes.
    let few = ConfusionMatrix(
      classNames: ["a", "b", "c"], categoryCount: 2, counts: [[4, 5], [1, 6], [3, 0]])
    #expect(few.oneToOneMap == [0, 1] && few.oneToOneAccuracy == 10 / 19)
    // The first of equals.
    let tied = ConfusionMatrix(classNames: ["a", "b"], categoryCount: 1, counts: [[2], [2]])
    #expect(tied.majorityMap == [0])
  }

  @Test(
    "A permuted code is as good as the labels themselves; a constant one is worth its largest class"
  )
  func extremes() throws {
    let labels = (0..<100).map { $0 * 7 % 10 }
    let names = (0..<10).map(String.init)
    let permuted = try ConfusionMatrix(
      labels: labels, categories: labels.map { ($0 * 3 + 1) % 10 }, classNames: names,
      categoryCount: 10)
    #expect(permuted.majorityAccuracy == 1 && permuted.oneToOneAccuracy == 1)
    #expect(abs(permuted.normalizedMutualInformation - 1) < 1e-12)
    #expect(permuted.adjustedRandIndex == 1)
    let constant = try ConfusionMatrix(
      labels: labels, categories: labels.map { _ in 4 }, classNames: names, categoryCount: 10)
    #expect(constant.majorityAccuracy == 0.1 && constant.oneToOneAccuracy == 0.1)
    #expect(constant.normalizedMutualInformation == 0 && constant.adjustedRandIndex == 0)
    #expect(constant.usedCategoryCount == 1)
    let single = ConfusionMatrix(classNames: ["a"], categoryCount: 1, counts: [[9]])
    #expect(single.normalizedMutualInformation == 1 && single.adjustedRandIndex == 1)
    // Every pair of one partition apart in the other: less agreement than chance.
    let crossed = ConfusionMatrix(
      classNames: ["a", "b"], categoryCount: 2, counts: [[1, 1], [1, 1]])
    #expect(abs(crossed.adjustedRandIndex + 0.5) < 1e-12)
  }

  @Test("Counts of millions neither overflow nor lose the scores")
  func large() {
    let matrix = ConfusionMatrix(
      classNames: ["a", "b"], categoryCount: 2, counts: [[1 << 40, 0], [0, 1 << 40]])
    #expect(abs(matrix.adjustedRandIndex - 1) < 1e-9)
    #expect(abs(matrix.normalizedMutualInformation - 1) < 1e-9)
    #expect(matrix.oneToOneAccuracy == 1)
  }

  @Test("Impossible input is refused with its values")
  func badInput() {
    func message(_ labels: [Int], _ categories: [Int], classes: Int = 3, count: Int = 3) -> String {
      let error = #expect(throws: MetricError.self) {
        try ConfusionMatrix(
          labels: labels, categories: categories, classNames: (0..<classes).map(String.init),
          categoryCount: count)
      }
      return error?.description ?? ""
    }
    #expect(message([], []) == "there are no images to score")
    #expect(message([0, 1], [0]) == "there are 1 categories; expected 2")
    #expect(message([0, 3], [0, 0]) == "label of image 1 is 3; expected from 0 to 2")
    #expect(message([0, -1], [0, 0]) == "label of image 1 is -1; expected from 0 to 2")
    #expect(message([0, 1], [0, 7]) == "category of image 1 is 7; expected from 0 to 2")
    #expect(message([0], [0], classes: 0).hasPrefix("label of image 0 is 0; expected none"))
  }

  @Test("Text shows every count under its category, and the majority class of each")
  func text() {
    #expect(
      Self.small.text == """
        class   0  1  2  3
        a       8  1  0  0
        b       2  5  3  0
        c       7  0  4  0
        mostly  a  b  c  -

        """)
    let hostile = ConfusionMatrix(
      classNames: ["line\nbreak", String(repeating: "long", count: 20)], categoryCount: 1,
      counts: [[1], [1]])
    let lines = hostile.text.split(separator: "\n")
    #expect(lines.count == 4 && lines[1].hasPrefix("line?break"))
    #expect(lines[2].count < 60)
  }

  @Test("CSV has a line a class and quotes what needs it")
  func csv() {
    let matrix = ConfusionMatrix(
      classNames: ["plus", "a,b", "say \"x\""], categoryCount: 2,
      counts: [[1, 2], [3, 4], [5, 6]])
    #expect(
      matrix.commaSeparatedValues
        == "class,0,1\nplus,1,2\n\"a,b\",3,4\n\"say \"\"x\"\"\",5,6\n")
  }

  @Test("JSON comes back as it was, and a damaged matrix is refused")
  func json() throws {
    let data = try JSONEncoder().encode(Self.small)
    #expect(try JSONDecoder().decode(ConfusionMatrix.self, from: data) == Self.small)
    for bad in [
      #"{"classes": ["a", "b"], "counts": [[1, 2]]}"#,
      #"{"classes": ["a", "b"], "counts": [[1, 2], [3]]}"#,
      #"{"classes": ["a"], "counts": [[-1]]}"#,
      #"{"classes": ["a"], "counts": [[9223372036854775807]]}"#,
      #"{"classes": ["a"]}"#,
    ] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(ConfusionMatrix.self, from: Data(bad.utf8))
      }
    }
  }

  @Test("The one-to-one map is the best there is, for every shape of matrix")
  func bruteForce() {
    for classes in 1...5 {
      for categories in 1...6 {
        for seed in 0..<20 {
          let counts = (0..<classes).map { row in
            (0..<categories).map { ($0 * 37 + row * 101 + seed * 57 + row * $0 * seed * 13) % 23 }
          }
          let matrix = ConfusionMatrix(
            classNames: (0..<classes).map(String.init), categoryCount: categories, counts: counts)
          let map = matrix.oneToOneMap
          #expect(map.compactMap(\.self).count == min(classes, categories))
          #expect(Set(map.compactMap(\.self)).count == min(classes, categories))
          let sum = map.enumerated().reduce(0) { sum, entry in
            sum + (entry.element.map { counts[$0][entry.offset] } ?? 0)
          }
          #expect(sum == best(counts, from: 0, used: []), "\(counts)")
        }
      }
    }
  }

  /// The largest sum with each row in a column of its own, by trying all.
  private func best(_ counts: [[Int]], from row: Int, used: Set<Int>) -> Int {
    guard row < counts.count else { return 0 }
    // A row goes without a column only where columns are scarce, which costs nothing to allow.
    var result = best(counts, from: row + 1, used: used)
    for column in counts[row].indices where !used.contains(column) {
      result = max(
        result, counts[row][column] + best(counts, from: row + 1, used: used.union([column])))
    }
    return result
  }
}
