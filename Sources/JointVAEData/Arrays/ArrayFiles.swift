import JointVAEFiles

/// Arrays in files of their own that belong together.
enum ArrayFiles {
  /// The file of the labels of the images at `path`, by its name: `y_train.npy` beside `X_train.npy`; nil when there
  /// is none.
  static func labels(beside path: String) -> String? {
    guard path.hasSuffix(".npy") else { return nil }
    let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    let (folder, name) = (String(path[..<slash]), String(path[slash...].dropLast(4)))
    let pairs = [
      ("X", "y"), ("X", "Y"), ("x", "y"), ("images", "labels"), ("image", "label"),
      ("imgs", "labels"), ("data", "labels"), ("data", "target"), ("data", "targets"),
      ("Images", "Labels"),
    ]
    return pairs.lazy.compactMap { images, labels -> String? in
      // The word stands alone: `x_train`, not the x in `max`.
      let words = name.split(whereSeparator: { "_- .".contains($0) })
      guard let word = words.first(where: { $0 == images }) else { return nil }
      let other = name[..<word.startIndex] + labels + name[word.endIndex...]
      return "\(folder)\(other).npy"
    }.first(where: PathKind.isFile)
  }
}
