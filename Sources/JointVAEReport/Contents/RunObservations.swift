import JointVAE
import JointVAEFiles
import JointVAEMetrics
import JointVAERuns

/// What is to be seen of a run, in sentences that say nothing but what was measured.
struct RunObservations {
  /// Facts.
  private(set) var facts: [String] = []
  /// Signs of trouble.
  private(set) var warnings: [String] = []

  /// Whether the latents carry next to nothing, as far as it was measured.
  static func isCollapsed(_ run: RunContents) -> Bool? {
    if let evaluation = run.evaluation { return evaluation.isCollapsed }
    guard let configuration = run.configuration, let summary = run.summary else { return nil }
    let kl = summary.kl
    let carried = kl.information?.total ?? (kl.continuous + kl.discrete).reduce(0, +)
    return kl.information?.isEmpty == true
      || InformationBound.isCollapsed(
        carried, capacity: configuration.training.capacity(atStep: summary.step))
  }

  /// What is to be seen of `run`.
  init(_ run: RunContents) {
    observeLength(run)
    observeScores(run)
    observeLatents(run)
    let isCollapsed = Self.isCollapsed(run) == true
    observeTargets(run, isCollapsed)
    if isCollapsed {
      warnings.append(
        "The run has collapsed: its latents carry next to nothing about the images, so all "
          + "reconstructions look alike. Train longer, or try another seed or a lower learning rate."
      )
    }
  }

  private mutating func observeLength(_ run: RunContents) {
    guard let configuration = run.configuration, let done = run.summary?.step else { return }
    // The images of a run that has not begun are not counted.
    guard configuration.images.count > 0,
      let total = try? configuration.training.totalSteps(imageCount: configuration.images.count)
    else { return }
    let training = configuration.training
    if run.summary?.earlyStopStep != nil {
      facts.append(
        "It stopped early, after step \(NumberText.count(done)) of \(NumberText.count(total)): its objective had not "
          + "fallen for \(training.earlyStop?.words ?? "its patience").")
    } else if done < total {
      warnings.append(
        "The last checkpoint is of step \(NumberText.count(done)) of \(NumberText.count(total)): the run was stopped, or still goes on."
      )
    } else {
      facts.append(
        "It trained its \(training.length.words) with batches of \(NumberText.count(training.batchSize))."
      )
    }
  }

  private mutating func observeScores(_ run: RunContents) {
    guard let evaluation = run.evaluation else { return }
    if let accuracy = evaluation.accuracy {
      let percent = NumberText.decimal(100 * accuracy.majority, 1)
      facts.append(
        "c\(accuracy.variable) agrees with the labels of \(percent) % of \(evaluation.measuredOn), "
          + "each category taken for the class most of its images have.")
    }
    for variable in evaluation.discreteVariables where variable.counts.count > 1 {
      let (used, all) = (variable.categoriesUsed, variable.counts.count)
      if used == all {
        facts.append("All \(all) categories of \(variable.name) are used.")
      } else {
        let empty = variable.counts.indices.filter { variable.counts[$0] == 0 }
        warnings.append(
          "\(used) of \(all) categories of \(variable.name) are used; no image takes "
            + NumberText.list(empty.map(String.init)) + ".")
      }
    }
  }

  private mutating func observeLatents(_ run: RunContents) {
    guard let summary = run.summary, !summary.kl.continuous.isEmpty else { return }
    let continuous = summary.kl.information?.continuous ?? summary.kl.continuous
    let active = continuous.count { $0 > LossTerms.activityThreshold }
    var fact =
      "\(active) of \(NumberText.count(continuous.count, "continuous dimension")) \(active == 1 ? "carries" : "carry") "
      + "more than \(LossTerms.activityThreshold) nat"
    if active > 0, let largest = continuous.max(), let index = continuous.firstIndex(of: largest) {
      fact += ", z\(index) the most with \(NumberText.decimal(largest, 2))"
    }
    facts.append(
      fact + " (\(NumberText.count(summary.imageCount, "training image"))).")
    if let distinctness = summary.distinctness, let sentence = distinctness.sentence {
      let fact = sentence + "."
      if 2 * distinctness.recognized < distinctness.images {
        warnings.append(fact)
      } else {
        facts.append(fact)
      }
    }
  }

  private mutating func observeTargets(_ run: RunContents, _ isCollapsed: Bool) {
    guard let metrics = run.metrics else { return }
    for divergence in MetricsColumns(header: metrics.columns).divergences {
      for target in divergence.targets { observe(divergence, target, metrics, run, isCollapsed) }
    }
  }

  private mutating func observe(
    _ divergence: MetricsColumns.Divergence, _ target: String, _ metrics: MetricsCurves,
    _ run: RunContents, _ isCollapsed: Bool
  ) {
    guard let kl = metrics.last(divergence.name), let capacity = metrics.last(target), capacity > 0
    else { return }
    let distance = kl - capacity
    // Of a code that carries nothing, a KL at its capacity is no success.
    if !isCollapsed {
      facts.append(
        "KL_\(divergence.kind.symbol) ends at \(NumberText.decimal(kl, 2)) nats, "
          + (abs(distance) < 0.005
            ? "its capacity."
            : "\(NumberText.decimal(abs(distance), 2)) \(distance > 0 ? "above" : "below") its capacity of \(NumberText.decimal(capacity, 2)).")
      )
    }
    // The same rule as the trainer's own warning, as far as the logged rows tell: a capacity that still grows meets a KL.
    let limit = run.configuration.flatMap {
      Objective($0.training).target(of: divergence.kind, atStep: .max)
    }
    guard distance < 0 || kl > max(capacity, limit ?? capacity) + 1 else { return }
    let rows = metrics.differences(divergence.name, target)
    let missed = rows.reversed().prefix { abs($0.difference) > 1 }
    guard let first = missed.last, let last = missed.first, missed.count > 1,
      last.step - first.step >= 500
    else { return }
    warnings.append(
      "The KL of the \(divergence.kind.rawValue) latents has been more than 1 nat from its capacity in every logged row since step "
        + "\(NumberText.count(Int(first.step))); try a larger capacity weight"
        + (last.difference < 0 ? " or a smaller capacity." : "."))
  }
}

extension TrainingConfiguration {
  /// `C_z + C_c` at `step`, in nats.
  func capacity(atStep step: Int) -> Double {
    let objective = Objective(self)
    return LatentKind.allCases.reduce(0) { $0 + (objective.target(of: $1, atStep: step) ?? 0) }
  }
}

extension Evaluation {
  /// `1,000 images of shapes, test`.
  var measuredOn: String {
    NumberText.count(images, "image") + (dataSet.map { " of \($0)" } ?? "")
      + (split.map { ", \($0)" } ?? "")
  }
}
