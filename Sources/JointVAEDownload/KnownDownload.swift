/// A data set whose files can be fetched without an account.
public struct KnownDownload: Hashable, Sendable {
  /// The data set's name on the command line.
  public var dataSet: String
  /// Its files by the names they are saved under.
  public var files: [File]

  /// A file of a data set.
  public struct File: Hashable, Sendable {
    /// Its name in the data set's folder.
    public var name: String
    /// Where it is, and what it is known by.
    public var download: Download
  }

  /// All that are known.
  public static let all: [KnownDownload] = [mnist, fashionMNIST, dSprites]

  /// The bytes of all files; nil when one is not known.
  public var byteCount: Int? {
    files.reduce(0) { sum, file in
      sum.flatMap { sum in file.download.byteCount.map { sum + $0 } }
    }
  }

  /// MNIST's four files. Lengths and SHA-256 as TensorFlow Datasets lists them for the first mirror
  /// (`tensorflow_datasets/url_checksums/mnist.txt`).
  static let mnist = KnownDownload(
    dataSet: "mnist",
    folders: [
      "https://storage.googleapis.com/cvdf-datasets/mnist/",
      "https://ossci-datasets.s3.amazonaws.com/mnist/",
    ],
    [
      (
        "train-images-idx3-ubyte.gz", 9_912_422,
        "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609"
      ),
      (
        "train-labels-idx1-ubyte.gz", 28_881,
        "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c"
      ),
      (
        "t10k-images-idx3-ubyte.gz", 1_648_877,
        "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6"
      ),
      (
        "t10k-labels-idx1-ubyte.gz", 4542,
        "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6"
      ),
    ])

  /// Fashion-MNIST's four files. Lengths and SHA-256 as TensorFlow Datasets lists them for the
  /// second mirror (`tensorflow_datasets/url_checksums/fashion_mnist.txt`).
  static let fashionMNIST = KnownDownload(
    dataSet: "fashion-mnist",
    folders: [
      "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
      "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
    ],
    [
      (
        "train-images-idx3-ubyte.gz", 26_421_880,
        "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"
      ),
      (
        "train-labels-idx1-ubyte.gz", 29_515,
        "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"
      ),
      (
        "t10k-images-idx3-ubyte.gz", 4_422_102,
        "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"
      ),
      (
        "t10k-labels-idx1-ubyte.gz", 5148,
        "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5"
      ),
    ])

  /// dSprites' one file. No source publishes its length or SHA-256; the MD5 is the one that
  /// several libraries check, such as latte and vaetc. The second mirror's address names the
  /// commit, which cannot be changed afterwards.
  static let dSprites = KnownDownload(
    dataSet: "dsprites",
    files: [
      File(
        name: "dsprites_ndarray_co1sh3sc6or40x32y32_64x64.npz",
        download: Download(
          mirrors: [
            "https://raw.githubusercontent.com/google-deepmind/dsprites-dataset/master/"
              + "dsprites_ndarray_co1sh3sc6or40x32y32_64x64.npz",
            "https://github.com/google-deepmind/dsprites-dataset/raw/"
              + "fa310c66517cfc1939d77fe17c725154efc97127/"
              + "dsprites_ndarray_co1sh3sc6or40x32y32_64x64.npz",
          ],
          checksum: .md5("7da33b31b13a06f4b04a70402ce90c2e")))
    ])

  /// Files that have the same name in each of `folders`.
  private init(
    dataSet: String, folders: [String], _ files: [(name: String, byteCount: Int, sha256: String)]
  ) {
    self.init(
      dataSet: dataSet,
      files: files.map { file in
        File(
          name: file.name,
          download: Download(
            mirrors: folders.map { $0 + file.name }, byteCount: file.byteCount,
            checksum: .sha256(file.sha256)))
      })
  }

  init(dataSet: String, files: [File]) {
    self.dataSet = dataSet
    self.files = files
  }
}
