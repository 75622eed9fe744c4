import JointVAEData
import JointVAEMetrics

/// The evaluations of one model, or of several runs that differ in their seed.
///
/// Its JSON is the output of `jointvae evaluate --json`: of one model its `Evaluation`, of several
/// `{"runs": [...], "schema": 1, "summary": {...}}`.
public struct EvaluationReport: Hashable, Sendable {
  /// One for each model, in their order.
  public let runs: [Evaluation]

  /// Evaluates the models at `paths`.
  ///
  /// - Parameters:
  ///   - paths: run folders, safetensors files or PyTorch state dictionaries; at least one.
  ///   - request: what to measure, and on which images.
  ///   - catalog: where the images come from.
  /// - Throws: what `StoredModel`, the catalog and `JointVAEModel.evaluate` throw; `MetricError` when
  ///   labels or factors are required and missing.
  public init(
    of paths: [String], _ request: EvaluationRequest, catalog: DataSetCatalog = DataSetCatalog()
  ) throws {
    runs = try paths.map { try request.evaluation(of: $0, catalog: catalog) }
  }

  /// A report of evaluations that were made elsewhere, such as on other machines.
  package init(_ runs: [Evaluation]) { self.runs = runs }

  /// The measures over all runs.
  /// - Throws: `MetricError` when there are no runs.
  public func summary() throws -> SeedSummary { try SeedSummary(runs) }

  /// For people: everything of one model; a table of several.
  /// - Throws: `MetricError` when there are no runs.
  public func text() throws -> String {
    let pages = runs.map { EvaluationPage($0) }
    guard let only = pages.first, pages.count == 1 else {
      return pages.map(\.title).joined() + "\n" + (try summary().text)
    }
    return only.text
  }

  /// For programs, with keys in alphabetical order and a line break at the end.
  /// - Throws: `EncodingError` when a number is not finite.
  public func json() throws -> String {
    guard let only = runs.first, runs.count == 1 else {
      return try JSONText.encode(Several(runs: runs, summary: try summary()))
    }
    return try only.json()
  }

  private struct Several: Encodable {
    var schema = Evaluation.currentSchema
    var runs: [Evaluation]
    var summary: SeedSummary
  }
}
