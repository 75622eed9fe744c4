import JointVAE
import JointVAEFiles

extension TrainingLength {
  /// `20 epochs` or `1,200 steps`.
  package var words: String {
    switch self {
    case .epochs(let count): NumberText.count(count, "epoch")
    case .steps(let count): NumberText.count(count, "step")
    }
  }
}
