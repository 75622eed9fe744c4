import JointVAEFiles

/// The IDX files of a collection: which images belong to which part and which labels.
///
/// Names are those of MNIST, with or without more words: `train-images-idx3-ubyte`, `t10k-images.idx3-ubyte.gz`,
/// `emnist-letters-test-images-idx3-ubyte`, `qmnist-train-labels-idx2-int.gz`.
struct IDXSet {
  /// What the name of an IDX file consists of, but for what it holds and how.
  struct Name: Hashable {
    /// The words of `emnist-letters-train`.
    var words: [String]

    init(_ path: String) {
      let file = path.split(separator: "/").last.map(String.init) ?? path
      let fillers: Set<String> = [
        "images", "image", "labels", "label", "idx1", "idx2", "idx3", "ubyte", "byte", "int", "gz",
      ]
      words = file.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        .filter { !fillers.contains($0) }
    }

    var part: PartName? { PartName(words.joined(separator: "-")) }
    /// The words without that of the part: which of several sets it is.
    var variant: [String] { words.filter { PartName($0) == nil } }
  }

  /// The images and labels of a part.
  struct Pair: Equatable {
    var images: Int
    /// Nil where a file of images has a name that says nothing of labels.
    var labels: Int?
    /// Nil where the files are not divided into parts.
    var split: DataSplit?
  }

  private let holdings: Holdings
  private let known: KnownDataSet?

  init(_ holdings: Holdings, known: KnownDataSet?) {
    (self.holdings, self.known) = (holdings, known)
  }

  /// The files of a part.
  ///
  /// - Throws: `FileError` when there are several sets, or no such part, or no labels.
  func pair(of split: DataSplit) throws -> Pair {
    let path = holdings.collection.path
    let images = holdings.idxImages.filter { !isNamedLabels($0) }
    let candidates = try ofVariant(images.isEmpty ? holdings.idxImages : images)
    let parts = holdings.isOneFile ? [] : candidates.compactMap { Name(holdings.names[$0]).part }
    let wanted: [Int]
    if parts.isEmpty {
      wanted = candidates
    } else {
      let purpose = parts.filter { $0.split == split }.map(\.purpose)
        .min { $0.rawValue < $1.rawValue }
      wanted = candidates.filter {
        purpose != nil && Name(holdings.names[$0]).part?.purpose == purpose
      }
      if wanted.isEmpty {
        let there = Set(parts.map(\.split.rawValue)).sorted()
        throw MissingPart(
          path, split, there: there,
          ", in \(NameList.text(candidates.map { holdings.names[$0] }))")
      }
    }
    let chosen = try best(of: wanted)
    return Pair(
      images: chosen, labels: try labels(of: chosen), split: parts.isEmpty ? nil : split)
  }

  /// Whether a file, whatever it holds, has the name of labels.
  private func isNamedLabels(_ member: Int) -> Bool {
    PartName.words(of: holdings.names[member].split(separator: "/").last ?? "")
      .contains { $0 == "labels" || $0 == "label" }
  }

  /// Those of the set that is meant.
  private func ofVariant(_ images: [Int]) throws -> [Int] {
    let variants = Dictionary(grouping: images) { Name(holdings.names[$0]).variant }
    if variants.count == 1, let variant = variants.keys.first {
      // The digits of EMNIST are not its letters.
      if let wanted = known?.idxVariant, !variant.isEmpty,
        !variant.flatMap({ PartName.words(of: $0) }).contains(wanted)
      {
        throw FileError(
          holdings.collection.path,
          "holds \(variant.joined(separator: "-")), and not \(wanted); name the data set that it is"
        )
      }
      return images
    }
    if let known {
      let words = Set(PartName.words(of: known.idxVariant ?? known.name))
      let fits = variants.filter { variant, _ in
        known.idxVariant == nil
          ? variant.isEmpty || Set(variant).isSubset(of: words)
          : words.isSubset(of: Set(variant.flatMap { PartName.words(of: $0) }))
      }
      if fits.count == 1, let images = fits.first?.value { return images }
    }
    let names = variants.keys.map { $0.isEmpty ? "one without a name" : $0.joined(separator: "-") }
    throw FileError(
      holdings.collection.path,
      "holds several data sets: \(NameList.text(names.sorted())); name one of them, as emnist-letters does, "
        + "or pass the path of its images, such as \(images.first.map(holdings.path) ?? "")")
  }

  /// The one to read of files that hold the same images: unpacked before packed, as it is read faster.
  private func best(of images: [Int]) throws -> Int {
    let sorted = images.sorted { one, other in
      func rank(_ member: Int) -> (Int, Int) {
        (
          holdings.contents[member] == .gzip ? 1 : 0,
          holdings.names[member].split(separator: "/").count
        )
      }
      return rank(one) < rank(other)
    }
    guard let first = sorted.first else {
      throw FileError(holdings.collection.path, "holds no IDX file of images")
    }
    let lengths = try IDXHeader(holdings.open(first), expecting: .images).lengths
    for other in sorted.dropFirst() {
      guard try IDXHeader(holdings.open(other), expecting: .images).lengths == lengths else {
        throw FileError(
          holdings.collection.path,
          "holds several files of the same part: "
            + NameList.text(sorted.map { holdings.names[$0] })
            + "; pass the path of one of them, such as \(holdings.path(first))")
      }
    }
    return first
  }

  /// The labels of the same name, of which those in the same folder come first.
  private func labels(of images: Int) throws -> Int? {
    let name = holdings.names[images]
    let folder = name.split(separator: "/").dropLast()
    let all = holdings.idxLabels + holdings.idxImages.filter(isNamedLabels)
    let found = all.filter { Name(holdings.names[$0]) == Name(name) }.sorted {
      one, other in
      func rank(_ member: Int) -> (Int, Int) {
        (
          holdings.names[member].split(separator: "/").dropLast() == folder ? 0 : 1,
          holdings.contents[member] == .gzip ? 1 : 0
        )
      }
      return rank(one) < rank(other)
    }
    guard let labels = found.first else {
      let expected = IDXFiles.labelNames(
        of: String(name.split(separator: "/").last ?? Substring(name)))
      if expected.isEmpty { return nil }
      throw FileError(
        holdings.collection.path,
        "holds \(name), and no labels of it; put \(expected.first ?? "them") beside it, or pass "
          + "\(holdings.path(images)) to do without")
    }
    return labels
  }
}
