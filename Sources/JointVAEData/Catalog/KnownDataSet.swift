/// A data set the catalog knows by name.
public struct KnownDataSet: Hashable, Sendable {
  /// What it is called on the command line.
  public var name: String
  /// What folders of it are called, too.
  public var aliases: [String] = []
  /// What it shows, in one line.
  public var summary: String
  /// The names of its classes, in the order of their numbers; empty where the files name them.
  public var classNames: [String] = []
  /// Where its images come from.
  public var source: Source
  /// The kinds of files it comes in, the likeliest first; others beside them are not it.
  var kinds: [DataKind] = [.images]
  /// The word of its files' names where several sets lie together: `letters` of EMNIST's.
  var idxVariant: String? = nil
  /// The number of the first class, where labels are numbers.
  var firstLabel = 0
  /// Whether images in IDX files and tables lie on their side.
  var isTransposed = false
  /// The values of black and white in files of it whose numbers are on none of the usual scales.
  var unusualValues: ValueRange? = nil
  /// The column of the labels in tables of it without names; nil to find it.
  var labelColumn: CSVLabelColumn? = nil

  /// Where images come from.
  public enum Source: Hashable, Sendable {
    /// From files as they are downloaded.
    case files(CollectionLayout)
    /// Drawn by this package, by the `GeneratedDataSet` of that name; nothing is read.
    case generated
  }

  /// Where its files can be had, when they are files.
  public var origin: Origin? = nil

  /// Where a data set's files can be had.
  public struct Origin: Hashable, Sendable {
    /// The page that offers them.
    public var page: String
    /// What to download there.
    public var files: String
    /// Whether `JointVAEDownload` can download them.
    public var isFetched = false
  }

  /// What to do to get its files, in words.
  var advice: String {
    guard let origin else { return "get its files" }
    return "download \(origin.files) from \(origin.page)"
  }

  /// All that are known.
  public static let all: [KnownDataSet] =
    GeneratedDataSets.all.map { KnownDataSet($0) } + fromFiles + KnownDataSet.likeMNIST

  private static let fromFiles: [KnownDataSet] = [
    KnownDataSet(
      name: "mnist", summary: "70,000 handwritten digits, 28x28",
      classNames: (0...9).map(String.init), source: .files(.folders),
      kinds: [.idx, .arrays, .tables, .images],
      origin: Origin(
        page: "https://storage.googleapis.com/cvdf-datasets/mnist/",
        files: "train-images-idx3-ubyte.gz and the three beside it", isFetched: true)),
    KnownDataSet(
      name: "fashion-mnist", summary: "70,000 pieces of clothing, 28x28",
      classNames: [
        "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag",
        "Ankle boot",
      ], source: .files(.folders), kinds: [.idx, .arrays, .tables, .images],
      origin: Origin(
        page: "https://github.com/zalandoresearch/fashion-mnist",
        files: "train-images-idx3-ubyte.gz and the three beside it", isFetched: true)),
    KnownDataSet(
      name: "four-shapes", summary: "14,970 circles, squares, stars and triangles, 200x200",
      classNames: ["circle", "square", "star", "triangle"], source: .files(.folders),
      origin: Origin(
        page: "https://www.kaggle.com/datasets/smeschke/four-shapes",
        files: "archive.zip")),
    KnownDataSet(
      name: "arabic-characters", summary: "16,800 handwritten Arabic letters, 32x32",
      classNames: arabicLetters, source: .files(CollectionLayout(labels: .numberInFileName)),
      kinds: [.images, .tables],
      origin: Origin(
        page: "https://www.kaggle.com/datasets/mloey1/ahcd1",
        files: "archive.zip")),
    KnownDataSet(
      name: "az-letters", aliases: ["az"], summary: "372,450 handwritten letters A to Z, 28x28",
      classNames: (0..<26).map { String(UnicodeScalar(UInt8(65 + $0))) }, source: .files(.folders),
      kinds: [.tables, .images], labelColumn: .first,
      origin: Origin(
        page:
          "https://www.kaggle.com/datasets/sachinpatel21/az-handwritten-alphabets-in-csv-format",
        files: "archive.zip")),
    KnownDataSet(
      name: "math-symbols", summary: "handwritten digits and operators, a folder a class",
      source: .files(
        CollectionLayout(
          skippedFolders: [
            "number", "sign", "original number", "original sign", "other number", "other sign",
          ], cutsPartNames: true)),
      origin: Origin(
        page: "https://www.kaggle.com/datasets/clarencezhao/handwritten-math-symbol-dataset",
        files: "archive.zip")),
    KnownDataSet(
      name: "dsprites", aliases: ["dsprites-small"],
      summary: "737,280 squares, ellipses and hearts with known factors, 64x64",
      classNames: ["square", "ellipse", "heart"], source: .files(.folders), kinds: [.arrays],
      origin: Origin(
        page: "https://github.com/google-deepmind/dsprites-dataset",
        files: "dsprites_ndarray_co1sh3sc6or40x32y32_64x64.npz", isFetched: true)),
    KnownDataSet(
      name: "chairs", aliases: ["chairs-small", "rendered_chairs"],
      summary: "86,366 renderings of 1,393 chairs, 600x600",
      source: .files(CollectionLayout(labels: .none)),
      origin: Origin(
        page: "https://www.di.ens.fr/willow/research/seeing3Dchairs/",
        files: "rendered_chairs.tar")),
    KnownDataSet(
      name: "celeba", aliases: ["img_align_celeba"], summary: "202,599 faces in color, 178x218",
      source: .files(
        CollectionLayout(labels: .none, box: ImagePreparer.Box(x: 15, y: 40, side: 148))),
      origin: Origin(
        page: "https://www.kaggle.com/datasets/jessicali9530/celeba-dataset",
        files: "archive.zip")),
  ]

  /// The one called `name`, if there is one.
  public static func named(_ name: String) -> KnownDataSet? { all.first { $0.name == name } }

  /// The names folders of it may have.
  var folderNames: [String] { [name] + aliases }

  /// In the order of the labels 1 to 28 of the Arabic Handwritten Characters Dataset.
  private static let arabicLetters = [
    "alef", "beh", "teh", "theh", "jeem", "hah", "khah", "dal", "thal", "reh", "zain", "seen",
    "sheen", "sad", "dad", "tah", "zah", "ain", "ghain", "feh", "qaf", "kaf", "lam", "meem", "noon",
    "heh", "waw", "yeh",
  ]
}

extension KnownDataSet {
  fileprivate init(_ set: any GeneratedDataSet.Type) {
    self.init(
      name: set.name, summary: set.summary, classNames: set.classNames, source: .generated)
  }
}
