import CLibrary
import JointVAEFiles

/// Which files hold the images and the labels of a part of a data set, by the names MNIST gave
/// them.
struct IDXFiles: Equatable {
  /// The path of the images.
  var images: String
  /// The path of their labels; nil when there is none.
  var labels: String?

  /// The images at `path`, with the labels of the same name beside them when there are such.
  init(images path: String) {
    images = path
    let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    let folder = path[..<slash]
    labels = Self.labelNames(of: String(path[slash...])).map { folder + $0 }
      .first(where: PathKind.isFile)
  }

  /// The names that the labels of the images called `name` may have, the likeliest first: as MNIST has them, and
  /// QMNIST, plain and with `.gz`.
  static func labelNames(of name: String) -> [String] {
    guard let word = name.firstRange(of: "images") else { return [] }
    var usual = name
    usual.replaceSubrange(word, with: "labels")
    let plain = usual.hasSuffix(".gz") ? String(usual.dropLast(3)) : usual
    let stems = [
      plain.replacing("idx3", with: "idx1"),
      plain.replacing("idx3-ubyte", with: "idx2-int"), plain,
    ]
    return (usual.hasSuffix(".gz") ? stems.map { $0 + ".gz" } : [])
      + stems.flatMap { [$0, $0 + ".gz"] }
  }
}
