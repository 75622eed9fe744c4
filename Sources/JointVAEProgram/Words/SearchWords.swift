import JointVAEFiles
import JointVAERuns

extension SeedSearch.Event {
  /// What the program prints when it happens.
  var text: String {
    switch self {
    case .seed(let seed, let number, let count, let step):
      "seed \(seed), \(number) of \(count), up to step \(step)"
    case .failed(let seed, let reason): "seed \(seed) is out of the running: \(reason)"
    case .chosen(let table): table.text
    }
  }
}

extension SeedSearch {
  /// What the program prints when a signal has stopped the search.
  var closing: String {
    "\(folder.path): stopped while its seeds are trained in \(seedsFolder); continue with: "
      + "jointvae train --resume --out \(folder.path)"
  }
}

extension CapacitySearch.Attempt {
  /// What the program prints when it begins.
  var text: String {
    switch self {
    case .free(let beta, let steps):
      "without capacities, beta \(NumberText.shortest(beta)), \(steps) steps"
    case .weight(let weight, let steps): "gamma \(NumberText.shortest(weight)), \(steps) steps"
    }
  }
}
