extension KnownDataSet {
  /// Sets of characters in MNIST's format.
  static let likeMNIST: [KnownDataSet] =
    [
      emnist("balanced", "131,600 letters and digits of 47 classes", mergedClasses),
      emnist("letters", "145,600 letters, upper and lower case as one", upper, firstLabel: 1),
      emnist("digits", "280,000 digits", digits),
      emnist("byclass", "814,255 letters and digits of 62 classes", digits + upper + lower),
      emnist("bymerge", "814,255 letters and digits of 47 classes", mergedClasses),
      emnist("mnist", "70,000 digits, the same writers as MNIST", digits),
    ] + [
      KnownDataSet(
        name: "kmnist", summary: "70,000 handwritten Hiragana, 28x28",
        classNames: ["o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"],
        source: .files(.folders), kinds: [.idx, .arrays, .tables, .images],
        origin: Origin(
          page: "https://github.com/rois-codh/kmnist",
          files: "train-images-idx3-ubyte.gz and the three beside it")),
      KnownDataSet(
        name: "qmnist", summary: "120,000 handwritten digits with those that MNIST left out, 28x28",
        classNames: digits, source: .files(.folders), kinds: [.idx, .arrays, .tables, .images],
        origin: Origin(
          page: "https://github.com/facebookresearch/qmnist",
          files: "qmnist-train-images-idx3-ubyte.gz and the three beside it")),
      KnownDataSet(
        name: "usps", summary: "9,298 handwritten digits of addresses, 16x16", classNames: digits,
        source: .files(.folders), kinds: [.tables, .idx, .arrays, .images],
        unusualValues: ValueRange(-1, 1), labelColumn: .first,
        origin: Origin(
          page: "https://hastie.su.domains/ElemStatLearn/data.html",
          files: "zip.train.gz and zip.test.gz")),
    ]

  /// One of EMNIST's sets, whose images lie on their side.
  private static func emnist(
    _ variant: String, _ summary: String, _ classNames: [String], firstLabel: Int = 0
  ) -> KnownDataSet {
    KnownDataSet(
      name: "emnist-\(variant)", aliases: ["emnist"], summary: "\(summary), 28x28",
      classNames: classNames, source: .files(.folders),
      kinds: [.idx, .arrays, .tables, .images], idxVariant: variant, firstLabel: firstLabel,
      isTransposed: true, labelColumn: .first,
      origin: Origin(
        page: "https://www.nist.gov/itl/products-and-services/emnist-dataset", files: "gzip.zip"))
  }

  private static let digits = (0...9).map(String.init)
  private static let upper = (65...90).map { String(UnicodeScalar(UInt8($0))) }
  private static let lower = (97...122).map { String(UnicodeScalar(UInt8($0))) }
  /// Letters of which both cases look alike are one class.
  private static let mergedClasses =
    digits + upper + ["a", "b", "d", "e", "f", "g", "h", "n", "q", "r", "t"]
}
