import Foundation
import JointVAEFiles

extension Evaluation {
  /// The evaluation for people: a line a measure, every latent's KL, and the confusion matrix at
  /// the end.
  public var text: String {
    var lines = [
      ("images", "\(images) of \(imageShape), latents \(latents)"),
      (
        "reconstruction",
        "\(NumberText.decimal(reconstruction, 4)) nats an image (\(reconstructionWords))\(floorWords)"
      ),
      (
        "KL",
        "\(NumberText.decimal(kl.continuous, 4)) nats continuous, \(NumberText.decimal(kl.discrete, 4)) nats discrete"
      ),
    ]
    if let information { lines.append(("information", Self.words(information))) }
    lines.append(("active units", activityWords))
    if let distinctness, distinctness.images > 1 {
      lines.append(("reconstructions", Self.words(distinctness)))
    }
    if isCollapsed {
      lines.append(("collapsed", "the latents carry next to nothing; reconstructions look alike"))
    }
    if let accuracy {
      lines.insert(
        (
          "accuracy",
          "\(NumberText.decimal(accuracy.majority, 4)) by majority class, "
            + "\(NumberText.decimal(accuracy.oneToOne, 4)) one to one (c\(accuracy.variable))"
        ), at: 1)
      lines.insert(
        (
          "agreement",
          "\(NumberText.decimal(accuracy.normalizedMutualInformation, 4)) normalized mutual information, "
            + "\(NumberText.decimal(accuracy.adjustedRandIndex, 4)) adjusted Rand index"
        ), at: 2)
    }
    if let merged { lines.insert(("merged", Self.words(merged)), at: accuracy == nil ? 1 : 3) }
    if let fewLabels, !fewLabels.isEmpty {
      lines.insert(("few labels", Self.words(fewLabels)), at: accuracy == nil ? 1 : 3)
    }
    if let calibration {
      lines.insert(
        (
          "calibration",
          "expected error \(NumberText.decimal(calibration.expectedError, 4)): sure of "
            + "\(NumberText.decimal(calibration.meanConfidence, 3)) in the mean"
        ), at: accuracy == nil ? 1 : 4)
    }
    if let kMeans {
      lines.insert(
        (
          "k-means",
          "\(NumberText.decimal(kMeans.majority, 4)) by majority class, \(NumberText.decimal(kMeans.oneToOne, 4)) "
            + "one to one (\(NumberText.count(kMeans.clusters, "cluster")) of the pixels, for comparison)"
        ), at: accuracy == nil ? 1 : 3)
    }
    if let onlyClass {
      lines.insert(("accuracy", "none, as all images are of the class \(onlyClass)"), at: 1)
    }
    for variable in discreteVariables {
      lines.append(
        (
          variable.name,
          "\(variable.categoriesUsed) of \(variable.counts.count) categories used, "
            + "mean largest alpha \(NumberText.decimal(variable.meanLargestProbability, 3))"
        ))
    }
    if let likelihood { lines += Self.lines(of: likelihood) }
    for score in disentanglement + (scores ?? []) { lines.append(Self.line(of: score)) }
    let margin = (lines.map(\.0.count).max() ?? 0) + 2
    var text = lines.map { $0.0.aligned(left: margin) + $0.1 + "\n" }.joined()
    text += "\nKL of every latent, in nats\n" + divergences
    if let accuracy {
      text += "\nImages by class (rows) and category of c\(accuracy.variable) (columns)\n"
      text += accuracy.confusion.text
    }
    if let accuracy = merged?.accuracy {
      text += "\nImages by class (rows) and merged category of c\(accuracy.variable) (columns)\n"
      text += accuracy.confusion.text
    }
    return text
  }

  /// What of the loss no model could avoid.
  private var floorWords: String {
    guard let floor = reconstructionFloor, floor > 0 else { return "" }
    return
      ", \(NumberText.decimal(reconstruction - floor, 4)) above the entropy of the gray values, "
      + NumberText.decimal(floor, 4)
  }

  private static func words(_ information: CodeInformation) -> String {
    let sums = [information.continuous, information.discrete].map {
      NumberText.decimal($0.reduce(0, +), 4)
    }
    return
      "\(sums[0]) nats continuous, \(sums[1]) nats discrete (KL less what is the same for all images)"
  }

  private static func words(_ fewLabels: [FewLabels]) -> String {
    let parts = fewLabels.map {
      "\(NumberText.decimal($0.mean, 4)) +- \(NumberText.decimal($0.deviation, 4)) with \($0.labels)"
    }
    return "\(NumberText.list(parts)) labels a category"
  }

  private static func words(_ merged: MergedScores) -> String {
    let groups = merged.groups
    let start = "\(groups.groups.count) categories of c\(groups.variable) as \(groups.count)"
    guard let accuracy = merged.accuracy else { return start }
    return start + ": \(NumberText.decimal(accuracy.majority, 4)) by majority class, "
      + "\(NumberText.decimal(accuracy.oneToOne, 4)) one to one"
  }

  private var activityWords: String {
    let byKL = "\(activeUnits) by KL (above 0.1 nats)"
    guard let information else { return "\(byKL), of \(latents.continuous)" }
    let carrying = information.continuous.count { $0 > CodeInformation.emptyThreshold }
    return
      "\(carrying) of \(latents.continuous) carry more than 0.1 nats; \(information.activeUnits) by variance of "
      + "the mean (above 0.01), \(byKL)"
  }

  private static func words(_ distinctness: ReconstructionDistinctness) -> String {
    "\(distinctness.recognized) of \(distinctness.images) nearest to their own image; variance "
      + "\(NumberText.decimal(distinctness.varianceRatio, 2)) of the images'"
  }

  /// Ten latents a line.
  private var divergences: String {
    let names =
      (0..<latents.continuous).map { "z\($0)" } + latents.discrete.indices.map { "c\($0)" }
    let fields = zip(names, kl.perLatent).map { name, value in
      (name + " " + NumberText.decimal(value, 3)).aligned(left: 10)
    }
    return stride(from: 0, to: fields.count, by: 8).map { start in
      let line = fields[start..<min(start + 8, fields.count)].joined(separator: " ")
      return line.trimmingCharacters(in: .whitespaces) + "\n"
    }.joined()
  }

  private static func lines(of likelihood: LikelihoodBound) -> [(String, String)] {
    func value(_ mean: Double, _ error: Double?) -> String {
      NumberText.decimal(mean, 4) + (error.map { " +- \(NumberText.decimal($0, 4))" } ?? "")
        + " nats"
    }
    let samples = "\(likelihood.samples) sample\(likelihood.samples == 1 ? "" : "s") an image"
    let elbo = (
      "ELBO",
      value(likelihood.elbo, likelihood.elboStandardError)
        + " (\(samples), seed \(likelihood.seed))"
    )
    guard likelihood.samples > 1 else { return [elbo] }
    return [
      elbo,
      (
        "log-likelihood",
        "at least \(value(likelihood.bound, likelihood.boundStandardError)) (importance weighted)"
      ),
    ]
  }

  private static func line(of score: ScoreResult) -> (String, String) {
    let guess = score.parts["majority"].map { ["a guess \(NumberText.decimal($0, 4))"] } ?? []
    let counts = score.counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    let seed = score.seed.map { ["seed \($0)"] } ?? []
    let notes = (guess + counts + seed).joined(separator: ", ")
    return (
      score.key, NumberText.decimal(score.value, 4) + (notes.isEmpty ? "" : " (\(notes))")
    )
  }
}
