extension Recipe {
  /// The recipe for a run of `steps` steps: every ramp takes the same share of them as it takes of the recipe's own.
  ///
  /// Only recipes that are given in steps stretch, those on pairs. The published ones are given in epochs, and count the
  /// steps of their capacities whatever the length, as the reference does.
  public func lasting(_ steps: Int) -> Recipe {
    guard case .steps(let own) = self.length, steps != own else { return self }
    let factor = Double(steps) / Double(own)
    var recipe = self
    recipe.training = training.stretched(by: factor)
    recipe.training.length = .steps(steps)
    return recipe
  }
}

extension Capacity {
  /// The same over `factor` times as many steps, and at least one.
  func stretched(by factor: Double) -> Capacity {
    var capacity = self
    capacity.rampSteps = max(1, rampSteps.stretched(by: factor))
    capacity.laterRise = laterRise?.stretched(by: factor, notBefore: capacity.rampSteps)
    return capacity
  }
}

extension Ramp {
  /// The same over `factor` times as many steps, and at least one, none of them before step `first`.
  func stretched(by factor: Double, notBefore first: Int = 0) -> Ramp {
    let start = max(first, start.stretched(by: factor))
    return Ramp(to: value, from: start, through: max(start + 1, end.stretched(by: factor)))
  }
}

extension Int {
  /// A number of steps times `factor`, up to the most that a run may have.
  func stretched(by factor: Double) -> Int {
    Int(Swift.min((Double(self) * factor).rounded(), Double(TrainingConfiguration.stepLimit)))
  }
}
