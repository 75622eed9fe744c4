import Foundation
import JointVAE
import JointVAEFiles
import JointVAEMetrics

extension RunFolder {
  /// Reads evaluation.json.
  ///
  /// - Parameter latents: those of the run; nil where they are unknown.
  /// - Throws: `FileError` when the file cannot be read, is no evaluation of one model, holds lists that do not fit its own
  ///   latents, or is of a model with others.
  package func readEvaluation(latents: LatentSpec?) throws -> Evaluation {
    let bytes = try BoundedFile.read(evaluation, limit: 1 << 24)
    do {
      let result = try JSONDecoder().decode(Evaluation.self, from: Data(bytes))
      guard result.schema == Evaluation.currentSchema else {
        throw FileError(
          evaluation,
          "has schema \(result.schema); this program reads schema \(Evaluation.currentSchema)")
      }
      try result.latents.validate()
      if let problem = result.misfit {
        throw FileError(evaluation, problem, remedy: .evaluate)
      }
      if let latents, latents != result.latents {
        throw FileError(
          evaluation,
          "is of a model with latents \(result.latents), and the run has \(latents)",
          remedy: .evaluate)
      }
      return result
    } catch let error as DecodingError {
      throw FileError(
        evaluation,
        error.sentence + "; expected the scores of one run as JSON", remedy: .evaluate)
    } catch let error as ConfigurationError {
      throw FileError(evaluation, error.description)
    }
  }

  /// Whether the weights were written more than a moment after they were measured.
  package var hasOutdatedEvaluation: Bool {
    guard let measured = Self.changed(evaluation), let trained = Self.changed(model) else {
      return false
    }
    // Copying a folder writes its files in any order, but within a moment.
    return trained.timeIntervalSince(measured) > 10
  }

  private static func changed(_ path: String) -> Date? {
    (try? FileManager.default.attributesOfItem(atPath: path))?[.modificationDate] as? Date
  }
}

extension Evaluation {
  /// The first list that has not as many entries as it must; nil when all fit.
  fileprivate var misfit: String? {
    let kls = latents.continuous + latents.discrete.count
    if kl.perLatent.count != kls {
      return "holds \(kl.perLatent.count) KLs for \(kls) latents"
    }
    if discreteVariables.map(\.counts.count) != latents.discrete {
      return "holds counts of other categories than its latents, \(latents), have"
    }
    if discreteVariables.contains(where: { !(0...$0.counts.count).contains($0.categoriesUsed) }) {
      return "holds more categories used than there are"
    }
    if let merged {
      let groups = merged.groups
      let fits =
        latents.discrete.indices.contains(groups.variable)
        && latents.discrete[groups.variable] == groups.groups.count
        && merged.counts.count == groups.count
        && merged.accuracy?.confusion.categoryCount ?? groups.count == groups.count
      if !fits { return "holds merged categories that do not fit its latents, \(latents)" }
    }
    guard let accuracy else { return nil }
    let (classes, categories) = (
      accuracy.confusion.classNames.count, accuracy.confusion.categoryCount
    )
    let fits =
      latents.discrete.indices.contains(accuracy.variable)
      && latents.discrete[accuracy.variable] == categories
      && accuracy.majorityMap.count == categories
      && accuracy.majorityMap.allSatisfy { $0.map((0..<classes).contains) ?? true }
    return fits ? nil : "holds a confusion matrix that does not fit its latents, \(latents)"
  }
}

extension String {
  /// The text as one word of a shell's command.
  package var shellWord: String {
    let isPlain =
      !isEmpty
      && utf8.allSatisfy { byte in
        let character = Character(Unicode.Scalar(byte))
        return byte < 128
          && (character.isLetter || character.isNumber || "/._-+=:@".contains(character))
      }
    return isPlain ? self : "'" + replacing("'", with: "'\\''") + "'"
  }
}
