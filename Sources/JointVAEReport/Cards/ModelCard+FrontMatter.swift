import JointVAE
import JointVAEFiles
import JointVAEMetrics

extension ModelCard {
  /// The part between lines of dashes, which programs read.
  var frontMatter: String {
    var lines = ["---"]
    lines.append("license: \(license ?? "unknown")")
    lines.append("library_name: jointvae")
    lines.append("pipeline_tag: unconditional-image-generation")
    lines.append("tags:")
    lines += ["jointvae", "vae", "disentanglement", "clustering"].map { "- \($0)" }
    let dataSets = stored.dataSet.map { $0.split(separator: "+").map(String.init) } ?? []
    if !dataSets.isEmpty { lines += ["datasets:"] + dataSets.map { "- \(Self.quoted($0))" } }
    lines += results
    return (lines + ["---"]).joined(separator: "\n") + "\n"
  }

  /// The scores, as a list of results.
  private var results: [String] {
    let scores = scores
    guard let evaluation, !scores.isEmpty else { return [] }
    let dataSet = Self.quoted(evaluation.dataSet ?? stored.dataSet ?? "images")
    var lines = [
      "model-index:", "- name: \(Self.quoted(name))", "  results:", "  - task:",
      "      type: image-clustering", "      name: \"Clustering without labels\"", "    dataset:",
      "      name: \(dataSet)", "      type: \(dataSet)",
    ]
    if let split = evaluation.split { lines.append("      split: \(Self.quoted(split))") }
    lines.append("    metrics:")
    for score in scores {
      lines += [
        "    - type: \(Self.quoted(score.key))", "      name: \(Self.quoted(score.title))",
        "      value: \(NumberText.exact(score.value))",
      ]
    }
    return lines
  }

  /// The measures of evaluation.json.
  var scores: [(key: String, title: String, value: Double)] {
    guard let evaluation, let summary = try? SeedSummary([evaluation]) else { return [] }
    return summary.measures.filter { $0.mean.isFinite }.map {
      ($0.name, $0.description.titleWithUnit, $0.mean)
    }
  }

  /// A text as YAML takes it between double quotes, whatever it holds.
  private static func quoted(_ text: String) -> String {
    let escaped = text.printable(limit: 200).map { character in
      character == "\"" || character == "\\" ? "\\\(character)" : "\(character)"
    }
    return "\"\(escaped.joined())\""
  }
}
