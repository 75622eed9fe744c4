import JointVAE
import JointVAEKernels

/// A model's codes of images with known factors, in one form, with the images that a protocol draws from them.
///
/// All scores of a model compute from the same draws.
public struct FactorCode: Sendable {
  /// How discrete variables are seen; nil when there are none.
  public let discreteCode: DiscreteCode?
  /// Every image.
  public let table: FactorTable
  /// For each column whether the model uses it; nil to judge by its deviation.
  public let active: [Bool]?
  /// The images that classifiers learn from and information is measured on.
  public let training: FactorDraw
  /// Other images, which classifiers are tested on.
  public let test: FactorDraw
  /// The posteriors of the images of `training`; nil where only codes are known.
  public let posterior: Encoding?
  /// The factor that is the images' class, such as the shape, by number; nil when there is none.
  public let classFactor: Int?
  /// Counts and seed.
  public let counts: DisentanglementProtocol
  /// Threads; they do not change the results.
  public let threads: Int

  /// For each variable its columns when all are numbers.
  private let origins: [[Int]]
  /// Shared by the forms of one model: the trees see the same numbers in both.
  private let trees: Memo<FactorImportances>
  /// Shared by the scores that sample posteriors.
  let sampled = Memo<[[Double]]>()

  /// What boosted trees rely on, with the columns of a variable of categories added up where this form has it as one.
  /// - Throws: as `DCIScore.importances`.
  func importances() throws -> FactorImportances {
    let all = try trees.value {
      try DCIScore.importances(training: training, test: test, threads: threads)
    }
    return discreteCode == .oneHot ? all : all.grouped(origins)
  }
}

extension FactorCode {
  /// The forms of a table: with variables of categories, first as such and then one-hot.
  ///
  /// - Throws: `MetricError` for too few images, `ConfigurationError` for a count that cannot be.
  static func forms(
    of table: FactorTable, active: [Bool]?, posterior: Encoding? = nil, classes: [Int]? = nil,
    counts: DisentanglementProtocol, threads: Int
  ) throws -> [FactorCode] {
    let origins = table.representation.oneHotOrigins
    let rows = try counts.rows(of: table)
    let trees = Memo<FactorImportances>()
    let classFactor = classes.flatMap { table.labels.factor(thatIs: $0) }
    func form(
      _ code: DiscreteCode?, _ table: FactorTable, _ active: [Bool]?
    ) throws -> FactorCode {
      FactorCode(
        discreteCode: code, table: table, active: active,
        training: try table.draw(rows: rows.training), test: try table.draw(rows: rows.test),
        posterior: posterior?.rows(rows.training), classFactor: classFactor, counts: counts,
        threads: threads, origins: origins, trees: trees)
    }
    guard table.representation.columns.contains(where: { $0.categories != nil }) else {
      return [try form(nil, table, active)]
    }
    let oneHot = try FactorTable(
      representation: table.representation.oneHot, labels: table.labels)
    let spread = active.map { marks in
      zip(marks, origins).flatMap { Array(repeating: $0, count: $1.count) }
    }
    return [try form(.category, table, active), try form(.oneHot, oneHot, spread)]
  }
}

extension FactorLabels {
  /// The varying factor whose values and these classes determine each other; nil when there is none.
  func factor(thatIs classes: [Int]) -> Int? {
    guard classes.count == count else { return nil }
    return varyingFactors.first { factor in
      let values = column(factor)
      var classOfValue: [Int: Int] = [:]
      var valueOfClass: [Int: Int] = [:]
      return zip(values, classes).allSatisfy { value, label in
        let isKnown = classOfValue[value] == nil && valueOfClass[label] == nil
        if isKnown { (classOfValue[value], valueOfClass[label]) = (label, value) }
        return classOfValue[value] == label && valueOfClass[label] == value
      }
    }
  }
}

extension Encoding {
  /// The images `rows`, in that order.
  func rows(_ rows: [Int]) -> Encoding {
    func picked(_ values: [Float], width: Int) -> [Float] {
      rows.flatMap { values[$0 * width..<($0 + 1) * width] }
    }
    return Encoding(
      latents: latents, count: rows.count, mean: picked(mean, width: latents.continuous),
      logVariance: picked(logVariance, width: latents.continuous),
      probabilities: zip(probabilities, latents.discrete).map { picked($0, width: $1) })
  }
}
