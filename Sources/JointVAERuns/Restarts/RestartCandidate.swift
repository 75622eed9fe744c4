import JointVAE
import JointVAEFiles
import JointVAEMetrics

/// What became of one of the seeds a run began with.
public struct RestartCandidate: Hashable, Codable, Sendable {
  /// The seed.
  public var seed: UInt64
  /// The mean loss of an image over the last tenth of the steps, in nats; nil for a seed that failed.
  ///
  /// At the same step all seeds have the same capacities and weights, so that their losses can be compared.
  public var loss: Double?
  /// The mean values of the objective's other terms over the same steps, in nats, by the terms' names.
  public var terms: [String: Double] = [:]
  /// Categories that some of 1,024 training images take, over all discrete variables.
  public var categoriesUsed: Int?
  /// Categories there are.
  public var categories: Int?
  /// What its code carries about 1,024 training images at most, in nats; nil where an older program measured it.
  public var information: Double?
  /// How well its variables agree with those of the other seeds (`UDRScore`), from 0 to 1; nil where the loss decides, and for a
  /// seed whose code carries nothing.
  public var udr: Double?
  /// How well its categories agree with those of the other seeds (`CategoryAgreement`), up to 1; nil without discrete variables,
  /// for a seed whose code carries nothing, and where an older program measured it.
  public var agreement: Double?
  /// Why it could not be trained; nil when it could.
  public var failure: String?

  /// A seed with its results.
  init(
    seed: UInt64, loss: Double, terms: [String: Double], categoriesUsed: Int, of categories: Int,
    information: Double? = nil
  ) {
    self.seed = seed
    self.loss = loss
    self.terms = terms
    self.categoriesUsed = categoriesUsed
    self.categories = categories
    self.information = information
  }

  /// A seed that could not be trained.
  init(seed: UInt64, failure: String) {
    self.seed = seed
    self.failure = failure
  }

  /// Measures a run that waits.
  ///
  /// - Parameter step: the step at which all candidates are compared; later rows of metrics.csv do not count.
  /// - Throws: `FileError` when its files cannot be read.
  init(measuring run: borrowing TrainingRun, upTo step: Int) throws {
    let rows = try MetricsWindow(contentsOf: run.folder.metrics, upTo: step)
    let model = try StoredModel(run.folder.path).model
    let images = ImageBatch(evenlyFrom: run.images, count: Self.measuredCount)
    let encoding = try model.encode(images)
    let used = model.latents.discrete.indices.reduce(0) { sum, variable in
      let taken = (0..<encoding.count).map {
        encoding.mostProbableCategory(of: $0, variable: variable)
      }
      return sum + Set(taken).count
    }
    var terms: [String: Double] = [:]
    for term in rows.columns.terms { terms[term] = try rows.mean(term) }
    self.init(
      seed: run.configuration.training.seed, loss: try rows.requiredMean("loss"),
      terms: terms, categoriesUsed: used, of: model.latents.categoryCount,
      information: CodeInformation(encoding).total)
  }

  /// Whether its code tells images apart: it carries at least 0.1 nats, or nothing is known of that.
  package var carriesInformation: Bool {
    information.map { $0 >= CodeInformation.emptyThreshold } ?? true
  }

  private static let measuredCount = 1024

  /// What a stored candidate has to be: either results that are numbers, or a reason; nil when it is.
  var misfit: String? {
    guard (loss ?? 0).isFinite, (information ?? 0).isFinite, (udr ?? 0).isFinite,
      (agreement ?? 0).isFinite,
      terms.values.allSatisfy(\.isFinite)
    else {
      return "has a number that is not finite"
    }
    switch (loss, failure) {
    case (nil, nil): return "has neither a loss nor a failure"
    case (.some, .some): return "has both a loss and a failure"
    case (nil, _): return nil
    case (.some, nil):
      guard let categoriesUsed, let categories, categories >= 0,
        (0...categories).contains(categoriesUsed)
      else { return "does not say how many of its categories are used" }
      return nil
    }
  }
}
