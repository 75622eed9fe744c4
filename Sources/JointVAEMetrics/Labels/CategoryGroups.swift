import JointVAE
import JointVAEFiles

/// A partition of a discrete variable's categories: those of one group stand for one thing.
///
/// A model with more categories than there are classes draws several variants of a class. Groups say which belong together,
/// and `init(merging:variable:into:)` finds them without labels.
public struct CategoryGroups: Hashable, Sendable {
  /// The discrete variable whose categories they are.
  public let variable: Int
  /// The group of each category, in the order of the categories. Groups count from 0 by their first category.
  public let groups: [Int]

  /// Groups by any numbers: categories of equal numbers are one group.
  public init(variable: Int = 0, _ numbers: [Int]) {
    self.variable = variable
    var names: [Int: Int] = [:]
    groups = numbers.map { number in
      let next = names.count
      return names[number]
        ?? {
          names[number] = next
          return next
        }()
    }
  }

  /// The number of groups.
  public var count: Int { (groups.max() ?? -1) + 1 }

  /// The categories of group `group`, in their order.
  public func categories(of group: Int) -> [Int] { groups.indices.filter { groups[$0] == group } }

  /// `c0: 0 1 0 2`: the variable and the group of each category.
  public var text: String { "c\(variable): " + groups.map(String.init).joined(separator: " ") }

  /// Reads `text`.
  ///
  /// - Parameter latents: the model's.
  /// - Returns: nil for a text that is no such list, or has not a group for each category of a variable of `latents`.
  public init?(text: String, latents: LatentSpec) {
    let parts = text.split(separator: ":", maxSplits: 1)
    guard parts.count == 2, parts[0].hasPrefix("c"), let variable = Int(parts[0].dropFirst()),
      latents.discrete.indices.contains(variable)
    else { return nil }
    let numbers = parts[1].split(separator: " ").map { Int($0) }
    guard numbers.count == latents.discrete[variable] else { return nil }
    let known = numbers.compactMap(\.self)
    guard known.count == numbers.count else { return nil }
    self.init(variable: variable, known)
  }
}

extension CategoryGroups: Codable {
  private enum CodingKeys: String, CodingKey { case variable, groups }

  /// Reads `variable` and `groups`.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      variable: try values.decode(Int.self, forKey: .variable),
      try values.decode([Int].self, forKey: .groups))
  }
}

extension Encoding {
  /// The group with the largest sum of alphas; the first of equals.
  package func mostProbableGroup(of image: Int, _ groups: CategoryGroups) -> Int {
    let categories = latents.discrete[groups.variable]
    var sums = [Double](repeating: 0, count: groups.count)
    for category in 0..<categories {
      sums[groups.groups[category]] += Double(
        probabilities[groups.variable][image * categories + category])
    }
    return sums.indices.reduce(0) { sums[$1] > sums[$0] ? $1 : $0 }
  }
}
