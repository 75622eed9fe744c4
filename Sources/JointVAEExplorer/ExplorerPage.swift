import Foundation
import JointVAE
import JointVAEData
import JointVAEFiles
import JointVAEReport
import JointVAERuns

/// A page to play with models: draw an image, move the latent variables, see what the model knows.
///
/// It is one file that a browser opens without a network. Encoder and decoder run in the page, by the package's own kernels
/// compiled to WebAssembly. Its policy forbids it to ask any host for anything. The same models give the same bytes.
///
/// ```swift
/// let page = try ExplorerPage([StoredModel("runs/digits"), StoredModel("mnist")])
/// try page.write(to: "digits.html")
/// ```
public struct ExplorerPage: Sendable {
  /// The page's heading.
  public let title: String
  /// Sentences on what a reader of the page should know of its making, such as the error of rounded weights.
  public private(set) var remarks: [String] = []

  /// The document, as a browser reads it.
  public let html: String

  /// Images of a data set that a page shows at most.
  public static let imageLimit = 2000
  /// Models that a page shows at most.
  public static let modelLimit = 12

  /// A page about models.
  ///
  /// - Parameters:
  ///   - models: 1 to 12 models, of any shapes and latents.
  ///   - images: a data set to show on the map, of the first model's shape; nil for none.
  ///   - imageCount: how many of its images the page holds at most.
  ///   - seed: what they are chosen by.
  ///   - precision: of the weights. Half of the space with `.half`; where that rounds them, `remarks` states the error.
  ///   - title: nil for the models' names.
  /// - Throws: `ConfigurationError` for no model or too many, images of another shape, or a network that the page cannot
  ///   compute.
  public init(
    _ models: [StoredModel], images: LabeledImages? = nil,
    imageCount: Int = ExplorerPage.imageLimit, seed: UInt64 = 1,
    precision: FloatPrecision = .half, title: String? = nil
  ) throws {
    guard (1...Self.modelLimit).contains(models.count) else {
      throw ConfigurationError(
        "models", "\(models.count)", expected: "from 1 to \(Self.modelLimit) models on a page")
    }
    guard (1...20_000).contains(imageCount) else {
      throw ConfigurationError(
        "images of the page", "\(imageCount)", expected: "a number from 1 to 20000")
    }
    if let images, images.imageShape != models[0].model.imageShape {
      throw ModelError.imageShape(images: images.imageShape, model: models[0].model.imageShape)
    }
    let names = Self.names(of: models.map(\.path))
    self.title = title ?? names.joined(separator: ", ")
    let shown = try images.map { try ExplorerImages($0, count: imageCount, seed: seed) }
    let measured = images.map { ImageBatch(evenlyFrom: $0, count: 256) }
    var parts: [ExplorerModel] = []
    for (stored, name) in zip(models, names) {
      let part = try ExplorerModel(
        stored, named: name, precision: precision,
        images: measured.flatMap { $0.shape == stored.model.imageShape ? $0 : nil })
      parts.append(part)
      if part.rounding > 0 {
        remarks.append(
          "\(name): weights are rounded to 16 bits, which changes pixels by at most "
            + "\(NumberText.decimal(part.rounding, 5)) of 1")
      } else if precision == .half, part.bits == 32 {
        remarks.append("\(name): weights have 32 bits, because some are too large for 16")
      }
    }
    html = try Self.document(title: self.title, parts, shown)
  }

  /// Writes the page, whole or not at all.
  /// - Parameter path: the file to write.
  /// - Throws: `FileError`.
  public func write(to path: String) throws { try AtomicFile.write(html, to: path) }

  /// The last parts of the models' paths; a number tells equal ones apart.
  private static func names(of paths: [String]) -> [String] {
    var seen: [String: Int] = [:]
    return paths.map { path in
      let last = RunFolder(path).path.split(separator: "/").last.map(String.init) ?? path
      var name = last
      for ending in [".safetensors", ".pt", ".pth", ".onnx"]
      where last.hasSuffix(ending) && last.count > ending.count {
        name = String(last.dropLast(ending.count))
      }
      name = [".", ".."].contains(name) ? "model" : name.printable(limit: 60)
      seen[name, default: 0] += 1
      return seen[name] == 1 ? name : "\(name) (\(seen[name] ?? 0))"
    }
  }

  /// What the script of the page reads.
  private struct Contents: Encodable {
    let version: String
    let title: String
    let models: [ExplorerModel]
    let images: ExplorerImages?
  }

  /// Nothing from elsewhere: whatever names and files may hold, a browser asks no host for anything.
  private static let policy: HTML =
    "default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'; script-src 'unsafe-inline' 'wasm-unsafe-eval' blob:; worker-src blob:; base-uri 'none'; form-action 'none'"

  private static func document(
    title: String, _ models: [ExplorerModel], _ images: ExplorerImages?
  ) throws -> String {
    let contents = Contents(
      version: PackageVersion.current, title: title, models: models, images: images)
    let weights = models.enumerated().map { index, model in
      data(id: "weights-\(index)", model.weights)
    }
    let engines = ExplorerEngine.allCases.map { data(id: $0.name, $0.bytes.base64) }
    let pictures = images.map { [data(id: "images", $0.picture.base64)] } ?? []
    let page: HTML = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="generator" content="jointvae \(PackageVersion.current)">
      <link rel="icon" href="data:,">
      <title>\(title): explorer</title>
      <style>
      \(Palette.pageStyle)
      \(file: ExplorerAsset.style.text)
      </style>
      </head>
      <body>
      \(file: ExplorerAsset.body.text)
      <script type="application/json" id="contents">\(file: try json(contents))</script>
      \(weights)
      \(engines)
      \(pictures)
      <script id="engine">
      \(file: ExplorerAsset.engine.text)
      </script>
      <script id="page">
      (() => {
      'use strict';
      \(file: ExplorerAsset.scripts.map(\.text).joined())
      })();
      </script>
      </body>
      </html>

      """
    return page.markup
  }

  private static func data(id: String, _ base64: String) -> HTML {
    "<script type=\"text/plain\" id=\"\(id)\">\(file: base64)</script>"
  }

  /// JSON in which no character can end the element that holds it.
  private static func json(_ contents: Contents) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(contents), as: UTF8.self)
      .replacing("<", with: "\\u003c")
  }
}
