import JointVAE

/// How a discrete variable's categories are taken together before they are compared with labels.
public enum CategoryMerging: Hashable, Sendable {
  /// In groups that were found before.
  case groups(CategoryGroups)
  /// Into so many groups, found from the codes of the images that are measured, without their labels. For models with one
  /// discrete variable.
  case count(Int)

  /// The groups for the images of `encoding`.
  /// - Throws: as `CategoryGroups.init(merging:variable:into:)`.
  func groups(for encoding: Encoding) throws -> CategoryGroups {
    switch self {
    case .groups(let groups): groups
    case .count(let count): try CategoryGroups(merging: encoding, into: count)
    }
  }
}

/// Agreement with the labels after categories were merged.
public struct MergedScores: Hashable, Codable, Sendable {
  /// Which categories are one.
  public var groups: CategoryGroups
  /// Images by most probable group.
  public var counts: [Int]
  /// Agreement of the groups with the labels; nil where there are none. Its maps and its matrix are about groups.
  public var accuracy: LabelScores?

  /// The scores of the images of `encoding`.
  ///
  /// - Parameters:
  ///   - labels: the class of each image; nil where unknown.
  ///   - classNames: the names of the classes.
  /// - Throws: as `ConfusionMatrix.init`.
  package init(
    _ encoding: Encoding, _ groups: CategoryGroups, labels: [Int]?, classNames: [String]
  ) throws {
    self.groups = groups
    let found = (0..<encoding.count).map { encoding.mostProbableGroup(of: $0, groups) }
    counts = [Int](repeating: 0, count: groups.count)
    for group in found { counts[group] += 1 }
    accuracy = try labels.map { labels in
      LabelScores(
        variable: groups.variable,
        confusion: try ConfusionMatrix(
          labels: labels, categories: found, classNames: classNames, categoryCount: groups.count))
    }
  }
}
