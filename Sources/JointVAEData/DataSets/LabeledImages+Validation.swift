import JointVAE
import JointVAEKernels

extension LabeledImages {
  /// Parts the images into some to learn from and some held back, both in their old order.
  ///
  /// Which ones are held back depends on `seed` and the number of images alone.
  ///
  /// - Returns: `validation` is nil when nothing is held back.
  /// - Throws: `ConfigurationError` when the share is out of range or leaves nothing to learn from.
  public func split(
    validation share: ValidationShare, seed: UInt64
  ) throws -> (training: LabeledImages, validation: LabeledImages?) {
    let heldBackCount = try share.imageCount(of: count)
    guard heldBackCount > 0 else { return (self, nil) }
    // The first steps of a Fisher-Yates shuffle: a uniform choice without repetition.
    var numbers = Array(0..<count)
    var random = RandomSequence(seed: seed, purpose: .validation, index: 0)
    for place in 0..<heldBackCount {
      numbers.swapAt(place, place + random.number(below: count - place))
    }
    let heldBack = numbers[..<heldBackCount].sorted()
    let rest = numbers[heldBackCount...].sorted()
    return (
      selecting(rest, part: "\(part), without validation"),
      selecting(heldBack, part: "\(part), validation")
    )
  }
}
