import JointVAEMetrics

/// An evaluation in lines for people, with what it is of, and why something is missing.
struct EvaluationPage {
  private let evaluation: Evaluation

  init(_ evaluation: Evaluation) { self.evaluation = evaluation }

  /// `runs/demo on shapes, test`, in a line.
  var title: String {
    let model = evaluation.model.map { "\($0) " } ?? ""
    let part = evaluation.split.map { ", \($0)" } ?? ""
    return model + "on " + (evaluation.dataSet ?? "images") + part + "\n"
  }

  /// The title, all measures, and a sentence on what is missing.
  var text: String {
    var text = title + "\n" + evaluation.text
    do { _ = try evaluation.requireAccuracy() } catch { text += "\nNo accuracy: \(error).\n" }
    return text
  }
}
