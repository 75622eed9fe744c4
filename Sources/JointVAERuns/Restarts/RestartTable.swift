import Foundation
import JointVAE
import JointVAEFiles

/// The seeds a run began with, how they did, and which one went on: the contents of `restarts.json`.
public struct RestartTable: Hashable, Codable, Sendable {
  /// The version of the file's layout.
  public private(set) var format = Self.currentFormat
  /// The first of the seeds.
  public var firstSeed: UInt64
  /// How many there are, one after the other.
  public var count: Int
  /// The step up to which each was trained.
  public var step: Int
  /// By what one of them is chosen; nil for the loss, as in files of older versions.
  private var choice: RestartChoice?
  /// Those that were trained, in their order.
  public var candidates: [RestartCandidate] = []
  /// The seed that went on; nil as long as none was chosen.
  public var kept: UInt64?

  private static let currentFormat = 1
  /// Bytes beyond which a file is none of ours.
  private static let sizeLimit = 1 << 20

  /// A table of seeds that are still to be trained.
  init(firstSeed: UInt64, count: Int, step: Int, choice: RestartChoice) {
    self.firstSeed = firstSeed
    self.count = count
    self.step = step
    self.choice = choice == .loss ? nil : choice
  }

  /// By what one of the seeds is chosen.
  public var rule: RestartChoice { choice ?? .loss }

  /// Reads a table.
  /// - Throws: `FileError` naming the file and what cannot be.
  public init(contentsOf path: String) throws {
    let bytes = try BoundedFile.read(path, limit: Self.sizeLimit)
    do {
      self = try JSONDecoder().decode(RestartTable.self, from: Data(bytes))
    } catch let error as DecodingError {
      throw FileError(path, error.sentence)
    }
    if let misfit {
      throw FileError(path, "\(misfit); expected what a training with restarts writes")
    }
  }

  /// Writes the table as JSON with sorted keys.
  /// - Throws: `FileError` naming the file and the system's reason.
  func write(to path: String) throws { try JSONText.write(self, to: path) }

  /// All seeds, in their order.
  var seeds: [UInt64] { (0..<UInt64(count)).map { firstSeed + $0 } }

  /// The seeds that are still to be trained, in their order.
  var missingSeeds: ArraySlice<UInt64> { seeds.dropFirst(candidates.count) }

  /// The candidate with the smallest loss, or with the largest UDR or agreement where that is the rule. Of equal ones it is the one with the
  /// smaller loss, then the smaller seed; nil when all failed. Those whose code carries next to nothing about the images come
  /// last.
  ///
  /// The loss knows no labels, and yet it is larger for runs whose categories mix what belongs apart: those need more nats to
  /// say the same.
  public var best: RestartCandidate? {
    candidates.filter { $0.loss != nil }.min { first, second in
      guard first.carriesInformation == second.carriesInformation else {
        return first.carriesInformation
      }
      let (own, other) = (score(of: first), score(of: second))
      if own != other { return (own ?? -.infinity) > (other ?? -.infinity) }
      return (first.loss ?? .infinity, first.seed) < (second.loss ?? .infinity, second.seed)
    }
  }

  /// What the rule compares, where that is not the loss.
  private func score(of candidate: RestartCandidate) -> Double? {
    switch rule {
    case .loss: nil
    case .udr: candidate.udr
    case .agreement: candidate.agreement
    }
  }

  /// Below this, the categories of seeds are more their own than the images': the largest agreement of any of them.
  static let leastAgreement = 0.5

  /// The largest agreement of any seed's categories with the others'; nil where it was not measured.
  var largestAgreement: Double? { candidates.compactMap(\.agreement).max() }

  /// Checks that a run that goes on with these seeds asks for the same ones.
  ///
  /// - Parameters:
  ///   - request: what is asked for now; nil for whatever it was.
  ///   - seed: the first seed asked for; nil for whatever it was.
  ///   - path: the run's folder, for errors.
  /// - Throws: `RunFolderError` naming the number that differs.
  func requireSame(_ request: RestartRequest?, seed: UInt64?, path: String) throws {
    let options: [(name: String, before: String, now: String?)] = [
      ("restarts", "\(count)", request.map { "\($0.count)" }),
      ("restart steps", "\(step)", request?.steps.map { "\($0)" }),
      ("seed", "\(firstSeed)", seed.map { "\($0)" }),
      ("choice by", rule.rawValue, request?.choice?.rawValue),
    ]
    for option in options {
      guard let now = option.now, now != option.before else { continue }
      throw RunFolderError(path, .hasOtherSetting("\(option.name) \(option.before), not \(now)"))
    }
  }

  /// What a table read from outside has that cannot be; nil when all is well.
  private var misfit: String? {
    if format != Self.currentFormat {
      return "has format \(format); this program reads format \(Self.currentFormat)"
    }
    guard (1...RestartRequest.countLimit).contains(count),
      UInt64.max - firstSeed >= UInt64(count - 1)
    else { return "\"count\" is \(count), and \"firstSeed\" \(firstSeed)" }
    guard step >= 1 else { return "\"step\" is \(step)" }
    guard candidates.count <= count, zip(candidates, seeds).allSatisfy({ $0.seed == $1 }) else {
      return "\"candidates\" are not the first of the seeds from \(firstSeed) on"
    }
    for candidate in candidates {
      if let misfit = candidate.misfit { return "seed \(candidate.seed) \(misfit)" }
    }
    if let kept, kept != best?.seed || candidates.count < count {
      return "\"kept\" is \(kept), which is not the best of the seeds"
    }
    return nil
  }
}
