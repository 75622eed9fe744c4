import JointVAE

/// A setting that a run keeps from its first step to its last, as the command line names it.
///
/// How long a run lasts, its threads, its checkpoints and the place of its data may change when it is resumed; all else
/// would make its result depend on where it was interrupted.
package struct FixedSetting {
  /// Such as `--batch-size`.
  package var option: String
  /// The setting's value in words.
  package var value: @Sendable (RunConfiguration) -> String

  package static let all: [FixedSetting] = [
    FixedSetting(option: "DATASET") { $0.images.request.dataSet },
    FixedSetting(option: "--limit") { $0.images.request.limit.map { "\($0)" } ?? "all" },
    FixedSetting(option: "--split") { $0.images.request.split?.rawValue ?? "none" },
    FixedSetting(option: "--classes") {
      $0.images.request.classes?.joined(separator: ",") ?? "all"
    },
    FixedSetting(option: "--shuffle-seed") {
      $0.images.request.shuffleSeed.map { "\($0)" } ?? "none"
    },
    FixedSetting(option: "--gray or --rgb") {
      $0.images.request.preparation.color?.rawValue ?? "as in the files"
    },
    FixedSetting(option: "--fit") { $0.images.request.preparation.fit.rawValue },
    FixedSetting(option: "--invert") { $0.images.request.preparation.inversion.rawValue },
    FixedSetting(option: "--label-column") { $0.images.request.labelColumn ?? "found" },
    FixedSetting(option: "--validation") { $0.images.validation.description },
    FixedSetting(option: "--image-size") { "\($0.training.imageShape.size)" },
    FixedSetting(option: "--recipe") { $0.recipe },
    FixedSetting(option: "--seed") { "\($0.training.seed)" },
    FixedSetting(option: "--continuous") { "\($0.training.latents.continuous)" },
    FixedSetting(option: "--discrete") {
      $0.training.latents.discrete.map(String.init).joined(separator: ",")
    },
    FixedSetting(option: "--loss") { $0.training.reconstructionLoss.text },
    FixedSetting(option: "--reconstruction-scale") { $0.training.reconstructionScale.rawValue },
    FixedSetting(option: "--continuous-capacity") { $0.training.continuousCapacity.text },
    FixedSetting(option: "--discrete-capacity") { $0.training.discreteCapacity.text },
    FixedSetting(option: "--temperature") { "\($0.training.temperature)" },
    FixedSetting(option: "--optimizer") {
      if case .adam = $0.training.optimizer { "adam" } else { "sgd" }
    },
    FixedSetting(option: "--learning-rate") { "\($0.training.optimizer.learningRate)" },
    FixedSetting(option: "--learning-rate-decay") {
      $0.training.learningRateDecay?.text ?? "none"
    },
    FixedSetting(option: "--momentum") {
      if case .sgd(_, let momentum) = $0.training.optimizer { "\(momentum)" } else { "none" }
    },
    FixedSetting(option: "--pairs") { $0.training.pairing?.transformation.text ?? "none" },
    FixedSetting(option: "--pairs-decay") {
      $0.training.pairing?.transformationDecay?.text ?? "none"
    },
    FixedSetting(option: "--consistency") {
      $0.training.pairing.map { "\($0.consistencyWeight)" } ?? "none"
    },
    FixedSetting(option: "--balance") {
      $0.training.pairing.map { "\($0.balanceWeight)" } ?? "none"
    },
    FixedSetting(option: "--swap") {
      $0.training.pairing.map { $0.swapsCategories ? "on" : "off" } ?? "none"
    },
    FixedSetting(option: "--batch-size") { "\($0.training.batchSize)" },
    FixedSetting(option: "--log-every") { "\($0.logInterval)" },
  ]

  /// The first difference between a run and what is asked of it now, in words; nil when there is none.
  package static func difference(of asked: RunConfiguration, from run: RunConfiguration) -> String?
  {
    for setting in all {
      let (now, before) = (setting.value(asked), setting.value(run))
      if now != before { return "was begun with \(setting.option) \(before), not \(now)" }
    }
    return nil
  }
}
