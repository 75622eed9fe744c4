import JointVAE
import JointVAEFiles
import JointVAEImages
import JointVAEMetrics
import JointVAEPictures
import JointVAERuns

/// A page about a model in the form of Hugging Face's model cards, with the files it speaks of: ready to be published.
///
/// The page is README.md with YAML front matter: license, data, tags and scores, as
/// huggingface.co/docs/hub/model-cards describes it. It says nothing but what the model's file or run holds.
public struct ModelCard: Sendable {
  /// What the page calls the model.
  public let name: String
  /// The identifier of the license; nil where it is not known.
  public let license: String?
  /// Sentences on what the page lacks.
  public private(set) var remarks: [String] = []
  /// Whether the model is that of a run without scores.
  public private(set) var lacksScores = false

  let stored: StoredModel
  let evaluation: Evaluation?
  /// The run's picture of reconstructions, where it has one.
  private let reconstructions: [UInt8]?

  /// The card of the model at `path`.
  ///
  /// - Parameters:
  ///   - path: a run folder, a file of weights, or the name of a model that the package brings.
  ///   - name: nil for the last part of the path.
  ///   - license: an identifier such as `mit`; nil for the one in the model's notes.
  /// - Throws: what `StoredModel` throws; `FileError` for a damaged evaluation.json; `ConfigurationError` for a name or a
  ///   license that cannot be.
  public init(_ path: String, name: String? = nil, license: String? = nil) throws {
    stored = try StoredModel(path)
    let run = RunFolder(path)
    self.name = name ?? Self.name(of: path)
    guard (1...96).contains(self.name.count), !self.name.contains(where: \.isNewline) else {
      throw ConfigurationError(
        "name", self.name.quoted, expected: "one line of 1 to 96 characters")
    }
    self.license = try (license ?? stored.notes["license"]).map(Self.checked)
    let isRun = run.isRun && stored.configuration != nil
    evaluation =
      isRun && PathKind.isFile(run.evaluation)
      ? try run.readEvaluation(latents: stored.model.latents) : nil
    reconstructions = isRun ? try? BoundedFile.read(run.reconstructions, limit: 1 << 28) : nil
    if self.license == nil { remarks.append("the license is unknown") }
    if evaluation == nil, isRun {
      lacksScores = true
    } else if evaluation != nil, run.hasOutdatedEvaluation {
      remarks.append("\(run.evaluation) is older than the model; make it again")
    }
  }

  /// Writes README.md, model.safetensors and the pictures.
  ///
  /// - Parameters:
  ///   - folder: the folder to write, which is made where there is none.
  ///   - replacing: whether these files may take the place of others.
  /// - Throws: `FileError` for a file that is there already, and when one cannot be written.
  public func write(to folder: String, replacing: Bool = false) throws {
    let folder = RunFolder(folder)
    var pictures = [
      try picture(samplesName, drawSamples()), try picture(traversalsName, drawTraversals()),
    ]
    if let reconstructions { pictures.append((Self.reconstructionsName, reconstructions)) }
    let names = pictures.map(\.name) + [Self.modelName, Self.pageName]
    for name in names where PathKind("\(folder.path)/\(name)") != nil {
      guard PathKind.isFile("\(folder.path)/\(name)") else {
        throw FileError("\(folder.path)/\(name)", "is a folder or a device; choose another folder")
      }
      guard replacing else {
        throw FileError("\(folder.path)/\(name)", "exists already", remedy: .replace)
      }
    }
    try folder.makeFolder(folder.path)
    for (name, bytes) in pictures { try AtomicFile.write(bytes, to: "\(folder.path)/\(name)") }
    try stored.save(to: "\(folder.path)/\(Self.modelName)")
    // Last, as it speaks of the others.
    try AtomicFile.write(text, to: "\(folder.path)/\(Self.pageName)")
  }

  /// What was done, in a line.
  /// - Parameter folder: the folder that was written.
  public func text(writtenTo folder: String) -> String {
    "\(folder): README.md, \(Self.modelName) and pictures of \(stored.path)"
  }

  /// The page.
  public var text: String { frontMatter + "\n" + body }

  static let pageName = "README.md"
  static let modelName = "model.safetensors"
  static let reconstructionsName = "reconstructions.png"
  private var samplesName: String { "samples.png" }
  private var traversalsName: String { "traversals.png" }

  /// The pictures of the page with their descriptions.
  var figures: [(name: String, description: String)] {
    [
      (samplesName, "Images drawn from the prior"),
      (traversalsName, "A row for each latent, which takes its values from left to right"),
    ]
      + (reconstructions == nil
        ? [] : [(Self.reconstructionsName, "Images above their reconstructions")])
  }

  private func picture(_ name: String, _ image: Image) throws -> (name: String, bytes: [UInt8]) {
    (name, try image.pngBytes())
  }

  private func drawSamples() throws -> Image { try Pictures.samples(of: stored.model, scale: 2) }

  private func drawTraversals() throws -> Image {
    let variables = stored.model.latents.variables
    let kl = stored.summary?.kl
    return try Pictures.traversals(
      of: stored.model, variables: kl?.sorted(variables) ?? variables,
      from: LatentTraversal(stored.model.latents), kl: kl, scale: 2)
  }

  /// The last part of a path, without the ending of a file of weights.
  private static func name(of path: String) -> String {
    let last = RunFolder(path).path.split(separator: "/").last.map(String.init) ?? path
    for ending in [".safetensors", ".pt", ".pth", ".encoder.onnx", ".decoder.onnx", ".onnx"]
    where last.lowercased().hasSuffix(ending) && last.count > ending.count {
      return String(last.dropLast(ending.count))
    }
    return [".", ".."].contains(last) ? "model" : last
  }

  private static func checked(_ license: String) throws -> String {
    let isPlain = license.utf8.allSatisfy { byte in
      let character = Character(Unicode.Scalar(byte))
      return byte < 128 && (character.isLetter || character.isNumber || ".-+".contains(character))
    }
    guard isPlain, (1...60).contains(license.count) else {
      throw ConfigurationError(
        "license", license.quoted, expected: "an identifier such as mit, apache-2.0 or cc-by-4.0")
    }
    return license.lowercased()
  }
}
