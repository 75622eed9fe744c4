/// The name that the user probably meant.
package enum NearestName {
  /// The one of `names` that takes the fewest edits to reach from `name`, when that is plausibly a
  /// slip of the hand.
  package static func of(_ name: String, among names: [String]) -> String? {
    let nearest = names.map { (name: $0, edits: editCount(name, $0)) }.min { $0.edits < $1.edits }
    guard let nearest, nearest.edits <= max(2, name.count / 3) else { return nil }
    return nearest.name
  }

  /// The number of letters to insert, delete or replace to make one of the other (Levenshtein
  /// 1966), ignoring case.
  package static func editCount(_ first: String, _ second: String) -> Int {
    let first = Array(first.lowercased())
    let second = Array(second.lowercased())
    // One row of the table: the edits from a start of `first` to every start of `second`.
    var row = Array(0...second.count)
    for (i, letter) in first.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in second.enumerated() {
        let replaced = diagonal + (letter == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[second.count]
  }
}
