import JointVAE
import JointVAEFiles

extension RestartTable {
  /// The columns' headings; terms in the order of their names.
  package var headings: [String] {
    ["seed", "loss"] + terms
      + (hasCategories ? ["categories"] : [])
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
  }

  /// What is to be said of a candidate beside its numbers.
  package func remark(on candidate: RestartCandidate) -> String {
    candidate.failure.map { "out of the running: \($0)" }
      ?? (candidate.seed == kept ? "goes on" : "")
  }

  /// How the seeds were compared, in one sentence.
  package var sentence: String {
    guard count > 1 else {
      return "One seed was trained up to step \(step) and went on."
    }
    return
      "\(count) seeds were trained up to step \(step); the one with the smallest loss over the "
      + "last tenth of these steps went on."
  }

  /// A heading and a line a seed, for people.
  public var text: String {
    let rows = candidates.map { candidate in
      let remark = remark(on: candidate)
      return cells(of: candidate) + (remark.isEmpty ? [] : [remark])
    }
    return TextTable([headings] + rows).text
  }

  private var terms: [String] { Set(candidates.flatMap(\.terms.keys)).sorted() }
  private var hasCategories: Bool { candidates.contains { ($0.categories ?? 0) > 0 } }
}
