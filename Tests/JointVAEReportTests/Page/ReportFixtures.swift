import Foundation
import JointVAEData
import JointVAEReport
import JointVAERuns
import TestSupport

/// What tests of reports look at: small runs that were really trained, and their pages.
enum ReportFixtures {
  /// Trains a run of two epochs on 27 small shapes.
  static func train(_ folder: RunFolder, steps: Int = 8, seed: UInt64 = 1) throws {
    let run = try TrainingRun.begin(
      in: folder, on: "shapes", changes: SmallRun.changes(steps: steps, seed: seed),
      catalog: DataSetCatalog())
    _ = try run.train(compute: .threads(1), observers: [PageWriter(folder)])
  }

  /// Writes evaluation.json, measured on what the run held back.
  static func evaluate(_ folder: RunFolder) throws {
    var request = EvaluationRequest()
    request.part = .validation
    request.compute = .threads(1)
    let report = try EvaluationReport(of: [folder.path], request)
    try write(try report.json(), to: folder.evaluation)
  }

  /// Writes an evaluation that some other program might have made, with these scores.
  static func writeEvaluation(
    _ folder: RunFolder, majority: Double, reconstruction: Double = 50, loss: String = "bce",
    images: Int = 100, isCollapsed: Bool = false
  ) throws {
    try FileManager.default.createDirectory(
      atPath: folder.path, withIntermediateDirectories: true)
    try write(
      """
      {"accuracy": {"adjustedRandIndex": 0.5, "majority": \(majority), "oneToOne": 0.5,
        "normalizedMutualInformation": 0.5, "majorityMap": [1, 0], "oneToOneMap": [1, 0],
        "variable": 0, "confusion": {"classes": ["<b>one</b>", "two"], "counts": [[0, 50], [40, 10]]}},
       "activeUnits": 1, "collapsed": \(isCollapsed), "dataSet": "shapes", "split": "test",
       "discreteVariables": [
         {"name": "c0", "counts": [40, 60], "categoriesUsed": 2, "meanLargestProbability": 0.9}],
       "disentanglement": [], "imageShape": {"size": 16, "channels": 1}, "images": \(images),
       "kl": {"continuous": 1.5, "discrete": 0.5, "perLatent": [1.5, 0.5]},
       "latents": {"continuous": 1, "discrete": [2]}, "reconstruction": \(reconstruction),
       "reconstructionLoss": "\(loss)", "reconstructionScale": "reference", "schema": 1}
      """, to: folder.evaluation)
  }

  /// Writes the page of `request` and gives it back with the sentences on what was missing.
  static func page(
    _ request: ReportRequest, in folder: String
  ) throws -> (text: String, missing: [String]) {
    let path = "\(folder)/report.html"
    let missing = try HTMLReport(request).write(to: path).map(\.description)
    return (try String(contentsOfFile: path, encoding: .utf8), missing)
  }

  /// Writes text to a file.
  static func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(filePath: path))
  }
}

/// The elements of a page, as a strict reader finds them.
struct PageOutline {
  /// Every start tag with its attributes, unescaped.
  private(set) var elements: [(name: String, attributes: [String: String])] = []
  /// Elements that were closed in the wrong place, or never.
  private(set) var mistakes: [String] = []

  private static let empty: Set = ["meta", "link", "img", "br"]

  /// Reads `page`; what stands in `script` and `style` is no markup.
  init(_ page: String) {
    var open: [String] = []
    var rest = page[...]
    while let start = rest.firstIndex(of: "<") {
      rest = rest[start...].dropFirst()
      guard let end = rest.firstIndex(of: ">") else { break }
      let tag = rest[..<end]
      rest = rest[end...].dropFirst()
      if tag.hasPrefix("!") { continue }
      if tag.hasPrefix("/") {
        let name = String(tag.dropFirst())
        if open.popLast() != name { mistakes.append("</\(name)>") }
        continue
      }
      let name = String(tag.prefix { !" /\n".contains($0) })
      var attributes: [String: String] = [:]
      for match in tag.matches(of: /([a-z-]+)="([^"]*)"/) {
        attributes[String(match.1)] = String(match.2)
      }
      elements.append((name, attributes))
      if tag.hasSuffix("/") || Self.empty.contains(name) { continue }
      open.append(name)
      if name == "script" || name == "style", let close = rest.range(of: "</\(name)>") {
        rest = rest[close.lowerBound...]
      }
    }
    mistakes += open.map { "<\($0)>" }
  }

  /// The values of an attribute over all elements called `name`.
  func values(_ attribute: String, of name: String) -> [String] {
    elements.filter { $0.name == name }.compactMap { $0.attributes[attribute] }
  }
}
