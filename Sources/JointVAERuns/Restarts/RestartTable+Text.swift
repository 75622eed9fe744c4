import JointVAEFiles
import JointVAEMetrics

extension RestartTable {
  /// The columns' headings; terms in the order of their names.
  package var headings: [String] {
    ["seed", "loss"] + terms
      + (hasCategories ? ["categories"] : []) + (hasInformation ? ["information"] : [])
      + (hasUDR ? ["UDR"] : []) + (largestAgreement == nil ? [] : ["agreement"])
  }

  /// The cells of a candidate under the headings; of one that failed all but its seed are empty.
  package func cells(of candidate: RestartCandidate) -> [String] {
    guard let loss = candidate.loss else {
      return ["\(candidate.seed)"] + headings.dropFirst().map { _ in "" }
    }
    func number(_ value: Double?, _ digits: Int) -> String {
      value.map { NumberText.decimal($0, digits) } ?? ""
    }
    return ["\(candidate.seed)", number(loss, 2)]
      + terms.map { number(candidate.terms[$0], 3) }
      + (hasCategories
        ? ["\(candidate.categoriesUsed ?? 0)/\(candidate.categories ?? 0)"] : [])
      + (hasInformation ? [number(candidate.information, 2)] : [])
      + (hasUDR ? [number(candidate.udr, 3)] : [])
      + (largestAgreement == nil ? [] : [number(candidate.agreement, 3)])
  }

  /// What is to be said of a candidate beside its numbers.
  package func remark(on candidate: RestartCandidate) -> String {
    candidate.failure.map { "out of the running: \($0)" }
      ?? (candidate.seed == kept ? "goes on" : "")
  }

  /// How the seeds were compared, in a sentence or two.
  package var sentence: String {
    guard count > 1 else {
      return "One seed was trained up to step \(step) and went on."
    }
    let chosen =
      switch rule {
      case .loss: "the one with the smallest loss over the last tenth of these steps went on."
      case .udr:
        "the one with the largest UDR went on, whose variables the other seeds found again best."
      case .agreement:
        "the one went on whose categories the other seeds found again best."
      }
    let rule =
      "\(count) seeds were trained up to step \(step); \(chosen)"
      + (disagreement.map { " " + $0 } ?? "")
    let empty = candidates.filter { $0.loss != nil && !$0.carriesInformation }
    guard !empty.isEmpty else { return rule }
    return rule + " Seeds whose code carries less than "
      + "\(NumberText.shortest(CodeInformation.emptyThreshold)) nats about the images come last."
  }

  /// A heading and a line a seed, for people.
  public var text: String {
    let rows = candidates.map { candidate in
      let remark = remark(on: candidate)
      return cells(of: candidate) + (remark.isEmpty ? [] : [remark])
    }
    return TextTable([headings] + rows).text + (disagreement.map { "\n\($0)" } ?? "")
  }

  /// A warning where the categories of the seeds have little in common; nil where they have, or nothing is known of it.
  package var disagreement: String? {
    guard let largestAgreement, largestAgreement < Self.leastAgreement else { return nil }
    return
      "The categories of the seeds disagree: the adjusted Rand index of one with the others is "
      + "\(NumberText.decimal(largestAgreement, 2)) at most. Do not trust those of any; try more steps, other numbers "
      + "of categories or the recipe pairs."
  }

  private var terms: [String] { Set(candidates.flatMap(\.terms.keys)).sorted() }
  private var hasInformation: Bool { candidates.contains { $0.information != nil } }
  private var hasUDR: Bool { candidates.contains { $0.udr != nil } }
  private var hasCategories: Bool { candidates.contains { ($0.categories ?? 0) > 0 } }
}
