/// The part of a data set that a name speaks of: `train`, `seg_train`, `Test Images 3360x32x32`, `X_test`.
struct PartName: Hashable {
  /// What a part is for. Where there are several to measure with, the first counts.
  enum Purpose: Int {
    case training
    case test
    case evaluation
    case validation
    case development
  }

  /// What the part is for.
  var purpose: Purpose
  /// The other words of the name, without numbers and words that any part has, such as `images`.
  var stem: [String]

  /// The part that `name` speaks of; nil when none of its words, or more than one, is that of a part.
  init?(_ name: some StringProtocol) {
    let words = Self.words(of: name)
    let purposes = words.compactMap { Self.purposes[$0] }
    guard let purpose = purposes.first, purposes.count == 1 else { return nil }
    self.purpose = purpose
    stem = words.filter { Self.purposes[$0] == nil && !Self.neutralWords.contains($0) }
  }

  /// The part of a data set.
  var split: DataSplit { purpose == .training ? .train : .test }

  /// Whether the name has no words but that of the part.
  var isPlain: Bool { stem.isEmpty }

  /// Whether a folder of this name only wraps what it holds: `images`, `data`.
  static func isWrapper(_ name: some StringProtocol) -> Bool {
    let words = words(of: name)
    return !words.isEmpty && words.allSatisfy(neutralWords.contains)
  }

  /// The words of a name in lower case: runs of letters, and `t10k`. `TrainImages` is two words.
  static func words(of name: some StringProtocol) -> [String] {
    var words: [String] = []
    for token in name.split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
      if token.lowercased() == "t10k" {
        words.append("t10k")
        continue
      }
      var word = ""
      var wasLowercase = false
      for character in token {
        let begins = wasLowercase && character.isUppercase
        if begins || !character.isLetter {
          if !word.isEmpty { words.append(word.lowercased()) }
          word = ""
        }
        if character.isLetter { word.append(character) }
        wasLowercase = character.isLowercase
      }
      if !word.isEmpty { words.append(word.lowercased()) }
    }
    return words
  }

  /// `name` without the word of the part, and without what separates it; for names that give class and part at once.
  static func withoutPart(_ name: String) -> String {
    let separators: Set<Character> = [" ", "_", "-", "."]
    var pieces: [(text: String, separator: String)] = []
    for character in name {
      if separators.contains(character) {
        if pieces.isEmpty { pieces.append(("", "")) }
        pieces[pieces.count - 1].separator.append(character)
      } else if pieces.last?.separator.isEmpty ?? false {
        pieces[pieces.count - 1].text.append(character)
      } else {
        pieces.append((String(character), ""))
      }
    }
    pieces.removeAll { PartName($0.text)?.isPlain == true }
    guard !pieces.isEmpty else { return name }
    pieces[pieces.count - 1].separator = ""
    return pieces.map { $0.text + $0.separator }.joined()
  }

  private static let purposes: [String: Purpose] = [
    "train": .training, "training": .training, "trainset": .training, "trainingset": .training,
    "traindata": .training, "test": .test, "testing": .test, "testset": .test, "testdata": .test,
    "t10k": .test,
    "eval": .evaluation, "evaluation": .evaluation, "val": .validation, "valid": .validation,
    "validation": .validation, "dev": .development,
  ]

  /// Words that say nothing but that there are images; `x` is that of `32x32`.
  private static let neutralWords: Set<String> = [
    "image", "images", "img", "imgs", "picture", "pictures", "photo", "photos", "data", "dataset",
    "datasets", "set", "sets", "folder", "file", "files", "split", "x",
  ]
}
