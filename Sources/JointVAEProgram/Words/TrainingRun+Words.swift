import Foundation
import JointVAE
import JointVAEData
import JointVAEFiles
import JointVAERuns

extension TrainingRun {
  /// What progress prints when a start of the run begins.
  package var introduction: RunIntroduction {
    RunIntroduction(
      images: images.name, held: validation?.count ?? 0, folder: folder.path,
      configuration: configuration, imageCount: images.count,
      remarks: DataSetDescription(images).remarks + Self.remarks(onVarietyOf: images))
  }

  /// What it means when there is hardly anything that differs.
  private static func remarks(onVarietyOf images: LabeledImages) -> [String] {
    if images.count == 1 {
      return [
        "note: one image has nothing that varies; the model learns it by heart, and no latent carries anything"
      ]
    }
    let classes = zip(images.classNames, images.classCounts).filter { $0.1 > 0 }
    guard images.labels != nil, classes.count == 1 else { return [] }
    return [
      "note: all images are of one class, \(classes[0].0.printable(limit: 60)); categories will stand for kinds "
        + "within it, and there is no accuracy to measure"
    ]
  }

  /// What came of it: a line about the run, one about its last epoch, and where to look.
  ///
  /// - Parameter status: the last one that progress has shown; nil for none.
  package func closing(_ result: Result, status: TrainingStatus? = nil) -> String {
    var lines: [String] = []
    switch result.ending {
    case .finished:
      lines.append(
        "\(folder.path): " + (earlyEnding(result) ?? "finished after step \(result.step)"))
    case .paused: lines.append("\(folder.path): waits after step \(result.step)")
    case .stopped:
      lines.append(
        "\(folder.path): stopped after step \(result.step); continue with: "
          + "jointvae train --resume --out \(folder.path)")
    }
    if let status { lines.append(ProgressLine(status).results) }
    let kl = result.summary.kl
    let latents = configuration.training.latents
    lines.append(
      "latents by what they carry: "
        + kl.sorted(latents.variables).map(kl.label).joined(separator: ", "))
    if let sentence = result.summary.distinctness?.sentence { lines.append(sentence) }
    lines += closingWarnings(result).map { "warning: \($0)" }
    // A run without a whole epoch has no training.gif.
    let pictures = folder.pictures.filter(FileManager.default.fileExists(atPath:))
    lines.append(
      "pictures: "
        + pictures.map { String($0.dropFirst(folder.path.count + 1)) }.joined(separator: " "))
    if FileManager.default.fileExists(atPath: folder.report) {
      lines.append("page: \(folder.report)")
    }
    if FileManager.default.fileExists(atPath: folder.explorer) {
      lines.append("page to play with the model: \(folder.explorer)")
    }
    if result.ending == .finished {
      lines.append("look at it: jointvae explore \(folder.path) --open")
      lines.append("next: jointvae sample \(folder.path), or jointvae evaluate \(folder.path)")
    }
    return lines.joined(separator: "\n")
  }
}

extension TrainingRun {
  /// What speaks against the result, a sentence each.
  package func closingWarnings(_ result: Result) -> [String] {
    guard result.summary.kl.information?.isEmpty == true else { return [] }
    return [
      images.count == 1
        ? "one image has nothing that varies, so the code carries nothing; train on more images"
        : "the code carries less than 0.1 nats about the images, so every reconstruction looks the same; "
          + "train longer (--steps), or try another seed (--seed)"
    ]
  }

  /// That the early stop ended the training; nil when it did not.
  private func earlyEnding(_ result: Result) -> String? {
    guard let step = result.summary.earlyStopStep, let early = configuration.training.earlyStop
    else { return nil }
    let total = try? configuration.training.totalSteps(imageCount: images.count)
    return "stopped early after step \(step)" + (total.map { " of \($0)" } ?? "")
      + ": the objective had not fallen for \(early.words) (--early-stop none with --resume goes on)"
  }
}

/// What a run is about to do, in words.
package struct RunIntroduction: Sendable {
  fileprivate var images: String
  fileprivate var held: Int
  fileprivate var folder: String
  fileprivate var configuration: RunConfiguration
  fileprivate var imageCount: Int
  /// What is worth knowing about the images.
  var remarks: [String]

  /// What is about to be done, in two lines, and in a third what speaks against it.
  ///
  /// - Parameters:
  ///   - step: steps done before.
  ///   - earlyStopStep: the step after which the early stop ended the training before; nil when it did not.
  func text(step: Int, earlyStopStep: Int? = nil) -> String {
    let training = configuration.training
    let held = held > 0 ? ", \(held) held back" : ""
    let length =
      switch training.length {
      case .epochs(let count): count == 1 ? "1 epoch" : "\(count) epochs"
      case .steps(let count): count == 1 ? "1 step" : "\(count) steps"
      }
    let total = try? training.totalSteps(imageCount: imageCount)
    let start =
      earlyStopStep.map {
        "stopped early already, after step \($0); --early-stop none continues it"
      }
      ?? (step > 0
        ? step == total
          ? "finished already; a larger --steps or --epochs continues it" : "from step \(step)"
        : "from the start")
    return """
      \(images): \(imageCount) image\(imageCount == 1 ? "" : "s") of \(training.imageShape)\(held)
      \(folder): latents \(training.latents), recipe \(configuration.recipe), \(length), \(start)
      """
        + [Self.warning(of: training), missingNeighbors, lateStop].compactMap { $0 }
        .map { "\n\($0)" }.joined()
  }

  /// That the recipe's neighbors are left out, as the set is too small or too large; nil when they are not.
  private var missingNeighbors: String? {
    guard let pairing = configuration.training.pairing, pairing.neighbors == nil,
      let wanted = Recipe.all.first(where: { $0.name == configuration.recipe })?.pairing?.neighbors,
      !wanted.canBeFound(among: imageCount)
    else { return nil }
    return
      "note: no twins are neighbors, as the recipe's \(wanted.count) neighbors of each image need "
      + "from \(wanted.count + 1) to \(NeighborTwins.imageLimit) images"
  }

  /// That the early stop comes too late to end the run; nil when it does not.
  private var lateStop: String? {
    let training = configuration.training
    guard let first = training.earliestStop(imageCount: imageCount),
      let total = try? training.totalSteps(imageCount: imageCount), first >= total
    else { return nil }
    return
      "note: the early stop cannot end this run of \(total) steps before its end, as ramps end at step "
      + "\(training.rampsEnd) and the objective is watched from there on; choose a longer run, or a smaller patience"
  }

  /// What is likely to go wrong with these settings; nil when nothing is known to.
  static func warning(of training: TrainingConfiguration) -> String? {
    guard let pairing = training.pairing, let least = training.leastBalanceWeight,
      pairing.balanceWeight <= least
    else { return nil }
    return "note: all images may end in one category, as the balance's weight "
      + "\(pairing.balanceWeight) is not above \(least), the weight of c's capacity and twice the "
      + "consistency's; raise it with --balance"
  }
}
