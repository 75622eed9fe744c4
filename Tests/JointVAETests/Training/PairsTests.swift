import Foundation
import JointVAE
import TestSupport
import Testing

@Suite("Training on pairs")
struct PairsTests {
  private static let configuration = smallConfiguration {
    $0.pairing = Pairing()
    $0.length = .epochs(2)
  }
  /// Twins that are copies, and twins of which some are neighbors, found twice, with labels from sure images.
  static let configurations = [
    configuration,
    smallConfiguration {
      $0.pairing = Pairing(
        neighbors: NeighborTwins(count: 3, steps: [5, 11]),
        selfLabels: SelfLabels(weight: 20, step: 6, threshold: 0.2))
      $0.length = .epochs(2)
    },
  ]

  @Test("gives the same bytes whatever the threads", arguments: configurations)
  func threads(configuration: TrainingConfiguration) throws {
    let models = try [1, 2, 3].map { threads in
      let trainer = try Trainer(configuration: configuration, compute: .threads(threads))
      try trainer.train(on: NoiseImages(count: 29))
      return try savedBytes(trainer.model)
    }
    #expect(models[0] == models[1])
    #expect(models[0] == models[2])
  }

  @Test("sees every image once an epoch, half as many a step")
  func steps() throws {
    let trainer = try Trainer(configuration: Self.configuration)
    // Four pairs a step; the last of 29 images makes a pair alone.
    #expect(trainer.configuration.stepsPerEpoch(imageCount: 29) == 8)
    var counts: [Int] = []
    var epochs = 0
    try trainer.train(on: NoiseImages(count: 29)) { event in
      switch event {
      case .step(let report):
        counts.append(report.imageCount)
        #expect(
          report.terms.measurements.map(\.name)
            == ["capacity_z", "capacity_c", "consistency", "balance"])
      case .epoch(let report):
        epochs += 1
        #expect((report.training.measurements["consistency"] ?? 0) > 0)
      case .starting, .warning, .checkpoint, .ending, .ended: break
      }
      return .proceed
    }
    #expect(counts == Array(repeating: [8, 8, 8, 8, 8, 8, 8, 2], count: 2).flatMap { $0 })
    #expect(epochs == 2)
  }

  @Test(
    "goes on after a stop as if there had been none", arguments: [1, 4, 5, 6, 7, 8, 11, 12, 13],
    configurations)
  func resume(stop: Int, configuration: TrainingConfiguration) throws {
    let images = NoiseImages(count: 29)
    let whole = try Trainer(configuration: configuration)
    try whole.train(on: images)
    try withTemporaryFolder { folder in
      let path = "\(folder)/state.safetensors"
      let first = try Trainer(configuration: configuration)
      try first.train(on: images) { event in
        if case .step(let report) = event, report.step == stop { return .stop }
        return .proceed
      }
      try first.saveState(to: path)
      let second = try Trainer(resumingFrom: path, configuration: configuration)
      try second.train(on: images)
      #expect(try savedBytes(second.model) == savedBytes(whole.model))
    }
  }

  @Test("refuses what cannot be, naming it")
  func refusals() {
    func error(_ change: (inout TrainingConfiguration) -> Void) -> ConfigurationError? {
      #expect(throws: ConfigurationError.self) { try smallConfiguration(change).validate() }
    }
    #expect(
      error {
        $0.pairing = Pairing()
        $0.batchSize = 7
      }
        == ConfigurationError(
          "batch size", "7", expected: "an even number, as batches are pairs"))
    #expect(
      error { $0.pairing = Pairing(consistencyWeight: -1) }
        == ConfigurationError("consistency weight", "-1.0", expected: "at least 0"))
    #expect(
      error { $0.pairing = Pairing(transformation: ImageTransformation(shear: 2)) }
        == ConfigurationError("shear", "2.0", expected: "from 0 to 1.0"))
    #expect(
      error { $0.pairing = Pairing(transformation: ImageTransformation(brightness: 1)) }
        == ConfigurationError("brightness", "1.0", expected: "from 0 to 0.9"))
    #expect(
      error { $0.pairing = Pairing(transformation: ImageTransformation(mirroring: 1.5)) }
        == ConfigurationError("mirroring", "1.5", expected: "from 0 to 1.0"))
    #expect(
      error { $0.pairing = Pairing(balanceMemory: 1) }
        == ConfigurationError("balance memory", "1.0", expected: "from 0 to below 1"))
  }
}

@Suite("A transformed copy of an image")
struct ImageWarpTests {
  /// The copy that a sample of a step gets, of a 32x32 gray image.
  private func copy(
    _ image: [UInt8], _ transformation: ImageTransformation, step: Int = 1, sample: Int = 0
  ) -> [UInt8] {
    ImageWarp(transformation, size: 32, seed: 5, step: step, sample: sample).applied(
      to: image, channels: 1)
  }

  /// A disc of 8 pixels around a place.
  private func disc(x: Double, y: Double, radius: Double = 8) -> [UInt8] {
    (0..<1024).map { place in
      let (dx, dy) = (Double(place % 32) - x, Double(place / 32) - y)
      return dx * dx + dy * dy < radius * radius ? 255 : 0
    }
  }

  private func center(_ image: [UInt8]) -> (x: Double, y: Double, mass: Double) {
    let mass = image.reduce(0.0) { $0 + Double($1) }
    let x = image.enumerated().reduce(0.0) { $0 + Double($1.offset % 32) * Double($1.element) }
    let y = image.enumerated().reduce(0.0) { $0 + Double($1.offset / 32) * Double($1.element) }
    return (x / mass, y / mass, mass)
  }

  @Test("is the image itself when nothing may change")
  func identity() {
    let image = randomBytes(1024)
    for sample in 0..<5 {
      #expect(copy(image, ImageTransformation(), sample: sample) == image)
    }
  }

  @Test("depends on seed, step and sample, and is another for each")
  func draws() {
    let image = disc(x: 15, y: 14)
    let first = copy(image, .handwriting)
    #expect(copy(image, .handwriting) == first)
    #expect(copy(image, .handwriting, step: 2) != first)
    #expect(copy(image, .handwriting, sample: 1) != first)
  }

  @Test("is moved and scaled no further than allowed, and reaches it")
  func amounts() {
    let image = disc(x: 15.5, y: 15.5)
    let before = center(image)
    var farthest = 0.0
    var masses: [Double] = []
    for sample in 0..<400 {
      let moved = center(copy(image, ImageTransformation(shift: 0.125), sample: sample))
      #expect(abs(moved.x - before.x) < 4.05 && abs(moved.y - before.y) < 4.05)
      farthest = max(farthest, abs(moved.x - before.x))
      masses.append(
        center(copy(image, ImageTransformation(scale: 0.2), sample: sample)).mass / before.mass)
    }
    #expect(farthest > 3.9)
    // From 0.8 to 1.2 in each direction, by chance rarely both.
    #expect(masses.allSatisfy { $0 > 0.62 && $0 < 1.46 })
    #expect(masses.contains { $0 < 0.7 } && masses.contains { $0 > 1.3 })
  }

  @Test("is turned about the middle: a disc there stays, one beside it goes round")
  func rotation() {
    let turned = ImageTransformation(rotation: 180)
    for sample in 0..<50 {
      let middle = center(copy(disc(x: 15.5, y: 15.5), turned, sample: sample))
      #expect(abs(middle.x - 15.5) < 0.1 && abs(middle.y - 15.5) < 0.1)
      let beside = center(copy(disc(x: 22.5, y: 15.5, radius: 4), turned, sample: sample))
      let (dx, dy) = (beside.x - 15.5, beside.y - 15.5)
      #expect(abs((dx * dx + dy * dy).squareRoot() - 7) < 0.15)
    }
  }

  @Test("is sheared: the top moves against the bottom, rows keep their place")
  func shear() {
    let bar = (0..<1024).map { (14...17).contains($0 % 32) ? UInt8(255) : 0 }
    for sample in 0..<50 {
      let sheared = copy(bar, ImageTransformation(shear: 0.4), sample: sample)
      func middle(_ row: Int) -> Double {
        let values = sheared[row * 32..<(row + 1) * 32].enumerated()
        let mass = values.reduce(0.0) { $0 + Double($1.element) }
        return values.reduce(0.0) { $0 + Double($1.offset) * Double($1.element) } / mass
      }
      let slope = (middle(25) - middle(6)) / 19
      #expect(abs(slope) < 0.41)
      #expect(abs((middle(15) + middle(16)) / 2 - 15.5) < 0.1)
    }
  }

  @Test("is lit as far as allowed, and no lighter than white")
  func brightness() {
    let gray = [UInt8](repeating: 100, count: 1024)
    let white = [UInt8](repeating: 255, count: 1024)
    let lit = ImageTransformation(brightness: 0.5)
    var values: [UInt8] = []
    for sample in 0..<400 {
      let image = copy(gray, lit, sample: sample)
      #expect(Set(image).count == 1)
      values.append(image[0])
      // The same draw makes white darker, or leaves it.
      let gain = Double(image[0]) / 100
      #expect(abs(Double(copy(white, lit, sample: sample)[0]) - min(255, 255 * gain)) < 2)
    }
    #expect(values.allSatisfy { (50...150).contains($0) })
    #expect(values.contains { $0 < 55 } && values.contains { $0 > 145 })
  }

  @Test("is mirrored as often as it says, left for right")
  func mirroring() {
    let image = randomBytes(1024)
    let mirrored = (0..<32).flatMap { row in image[row * 32..<(row + 1) * 32].reversed() }
    var count = 0
    for sample in 0..<400 {
      #expect(copy(image, ImageTransformation(mirroring: 1), sample: sample) == mirrored)
      let some = copy(image, ImageTransformation(mirroring: 0.25), sample: sample)
      #expect(some == image || some == mirrored)
      if some == mirrored { count += 1 }
    }
    // 100 of 400, within four standard deviations.
    #expect((65...135).contains(count))
  }

  @Test("is bent smoothly: neighbors stay neighbors")
  func elastic() {
    let ramp = (0..<1024).map { UInt8($0 % 32 * 8) }
    for sample in 0..<50 {
      let bent = copy(ramp, ImageTransformation(elastic: 1.5 / 32), sample: sample)
      for y in 0..<32 {
        for x in 1..<32 {
          let step = Int(bent[y * 32 + x]) - Int(bent[y * 32 + x - 1])
          #expect(step >= 0 && step <= 16)
        }
      }
      #expect(bent != ramp)
    }
  }
}
