/// A data set that people have to fetch themselves, because its page asks for an account.
public struct ManualDownload: Hashable, Sendable {
  /// The data set's name on the command line.
  public var dataSet: String
  /// The page to open.
  public var page: String
  /// The name of the file it gives.
  public var file: String

  /// What to do, in a sentence.
  public var instructions: String {
    "open \(page), download \(file), and pass it with --data"
  }

  /// All that are known.
  public static let all: [ManualDownload] = [
    kaggle("four-shapes", "smeschke/four-shapes"),
    kaggle("arabic-characters", "mloey1/ahcd1"),
    kaggle("az-letters", "sachinpatel21/az-handwritten-alphabets-in-csv-format"),
    kaggle("math-symbols", "clarencezhao/handwritten-math-symbol-dataset"),
    kaggle("celeba", "jessicali9530/celeba-dataset"),
    ManualDownload(
      dataSet: "chairs", page: "https://www.di.ens.fr/willow/research/seeing3Dchairs/",
      file: "rendered_chairs.tar"),
  ]

  /// Kaggle packs every data set into a file of the same name.
  private static func kaggle(_ dataSet: String, _ name: String) -> ManualDownload {
    ManualDownload(
      dataSet: dataSet, page: "https://www.kaggle.com/datasets/\(name)", file: "archive.zip")
  }
}
