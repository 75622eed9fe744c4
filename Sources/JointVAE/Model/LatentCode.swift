/// The latent variables of one image: a value of every z, and the categories of every c.
///
/// ```swift
/// var code = try model.encode(images).code(of: 0)
/// code[continuous: 2] += 1
/// let slanted = try model.decode([code])
/// ```
public struct LatentCode: Hashable, Sendable {
  /// The variables.
  public let latents: LatentSpec
  /// z, then every c: `latents.dimension` numbers.
  public private(set) var vector: [Float]

  /// The center of the prior: z = 0, and category 0 of every c.
  public init(_ latents: LatentSpec) {
    self.latents = latents
    vector = Array(repeating: 0, count: latents.dimension)
    for index in latents.discrete.indices { vector[latents.categories(of: index).lowerBound] = 1 }
  }

  /// The code with these numbers: z, then the weights of the categories of every c.
  /// - Precondition: there are `latents.dimension` of them.
  public init(_ latents: LatentSpec, vector: [Float]) {
    precondition(vector.count == latents.dimension)
    self.latents = latents
    self.vector = vector
  }

  /// The value of dimension `index` of z.
  public subscript(continuous index: Int) -> Float {
    get {
      precondition(index < latents.continuous)
      return vector[index]
    }
    set {
      precondition(index < latents.continuous)
      vector[index] = newValue
    }
  }

  /// The category of discrete variable `index`: the one with the largest weight, the first of equals.
  public subscript(discrete index: Int) -> Int {
    get {
      let places = latents.categories(of: index)
      var best = places.lowerBound
      for place in places where vector[place] > vector[best] { best = place }
      return best - places.lowerBound
    }
    set {
      let places = latents.categories(of: index)
      precondition((0..<places.count).contains(newValue))
      for place in places { vector[place] = 0 }
      vector[places.lowerBound + newValue] = 1
    }
  }

  /// The code with some variables at given values.
  /// - Throws: `ModelError` for a variable, value or category that the model does not have, or a variable that stands twice.
  public func fixing(_ fixed: [FixedLatent]) throws -> LatentCode {
    try fixed.validate(in: latents)
    var code = self
    for latent in fixed {
      switch latent {
      case .continuous(let index, let value): code[continuous: index] = Float(value)
      case .discrete(let index, let category): code[discrete: index] = category
      }
    }
    return code
  }

  /// `count` codes on the straight line to `end`, this one first and `end` last.
  ///
  /// z moves evenly. The weights of categories move from one c to the other, as in the samples that a decoder learns from.
  /// - Throws: `ModelError.otherLatents` when `end` has other variables, `ModelError.stepCount` for a count below 2.
  public func interpolated(to end: LatentCode, count: Int) throws -> [LatentCode] {
    guard end.latents == latents else {
      throw ModelError.otherLatents(end.latents, model: latents)
    }
    guard count >= 2 else { throw ModelError.stepCount(count) }
    return (0..<count).map { step in
      // Weighted from both ends, so that the last code is `end` to the bit.
      let share = Float(step) / Float(count - 1)
      return LatentCode(
        latents, vector: zip(vector, end.vector).map { (1 - share) * $0 + share * $1 })
    }
  }
}
