/// The kinds of files that images come in.
enum DataKind: Hashable, CaseIterable {
  /// MNIST's format.
  case idx
  /// Arrays of NumPy.
  case arrays
  /// Tables with an image in each row.
  case tables
  /// Images in files of their own.
  case images

  /// Files of the kind, in words.
  var words: String {
    switch self {
    case .idx: "IDX files"
    case .arrays: "arrays"
    case .tables: "tables"
    case .images: "images"
    }
  }
}
