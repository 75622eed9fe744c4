import CLibrary
import JointVAEFiles

/// Which files hold the images and the labels of a part of a data set, by the names MNIST gave
/// them.
struct IDXFiles: Equatable {
  /// The path of the images.
  var images: String
  /// The path of their labels; nil when there is none.
  var labels: String?

  /// The files of `split` in `folder`, each plain or with `.gz`, with `-idx` or `.idx` in its name.
  ///
  /// - Throws: `FileError` naming the folder and every name looked for, when one of the two is
  ///   missing.
  init(folder: String, split: DataSplit) throws {
    let stem = Self.stem(of: split)
    let names = (Self.names("\(stem)-images", 3), Self.names("\(stem)-labels", 1))
    images = try Self.find(names.0, in: folder)
    labels = try Self.find(names.1, in: folder)
  }

  /// The images at `path`, with the labels of the same name beside them when there are such.
  init(images path: String) {
    images = path
    let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    let folder = path[..<slash]
    var name = String(path[slash...])
    guard let word = name.firstRange(of: "images") else { return }
    name.replaceSubrange(word, with: "labels")
    if let digits = name.firstRange(of: "idx3") { name.replaceSubrange(digits, with: "idx1") }
    let plain = name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
    labels = [name, plain, plain + ".gz"].map { folder + $0 }.first(where: PathKind.isFile)
  }

  /// Whether `folder` holds the images of a part of an MNIST-like data set.
  static func areIn(_ folder: String) -> Bool {
    DataSplit.allCases.contains { split in
      names("\(stem(of: split))-images", 3).contains { PathKind.isFile("\(folder)/\($0)") }
    }
  }

  /// The names the images of `split` may have, for messages.
  static func imageNames(_ split: DataSplit) -> [String] { names("\(stem(of: split))-images", 3) }

  private static func stem(of split: DataSplit) -> String {
    switch split {
    case .train: "train"
    case .test: "t10k"
    }
  }

  /// Plain files first: they are read faster.
  private static func names(_ stem: String, _ rank: Int) -> [String] {
    ["\(stem)-idx\(rank)-ubyte", "\(stem).idx\(rank)-ubyte"].flatMap { [$0, $0 + ".gz"] }
  }

  private static func find(_ names: [String], in folder: String) throws -> String {
    guard let name = names.first(where: { PathKind.isFile("\(folder)/\($0)") }) else {
      throw FileError(
        folder,
        "holds no \(names[0]) (looked for \(names.joined(separator: ", "))); put the file there")
    }
    return "\(folder)/\(name)"
  }
}
