import JointVAE
import JointVAERuns
import Testing

struct SettingTextTests {
  @Test(
    "A loss reads as it is written",
    arguments: [
      ("bce", ReconstructionLoss.binaryCrossEntropy), ("mse", .meanSquaredError),
      ("cauchy:0.5", .cauchy(scale: 0.5)), ("cauchy:2.0", .cauchy(scale: 2)),
      ("robust:1.5,0.5", .robust(RobustLoss(alpha: 1.5, scale: 0.5))),
      ("robust:-inf,0.5", .robust(RobustLoss(alpha: -.infinity, scale: 0.5))),
      ("robust-likelihood:0.0,0.1", .robustLikelihood(RobustLoss(alpha: 0, scale: 0.1))),
      ("adaptive", .adaptive),
      (
        "multicauchy:0.5,1.0",
        .multikernelCauchy([CauchyKernel(scale: 0.5), CauchyKernel(scale: 1)])
      ),
      (
        "multicauchy:0.5,1.0:1.0,0.25",
        .multikernelCauchy([CauchyKernel(scale: 0.5), CauchyKernel(scale: 1, weight: 0.25)])
      ),
      ("laplace:0.1", .laplace(scale: 0.1)), ("gaussian:0.1", .gaussian(deviation: 0.1)),
    ])
  func loss(text: String, loss: ReconstructionLoss) throws {
    #expect(try ReconstructionLoss(text: text) == loss)
    #expect(loss.text == text)
  }

  @Test(
    "A capacity reads as it is written",
    arguments: [
      ("0.0,5.0,25000,30.0", Capacity(maximum: 5, rampSteps: 25_000, weight: 30)),
      (
        "0.0,5.0,100,30.0,10.0@200-300",
        Capacity(
          maximum: 5, rampSteps: 100, weight: 30, laterRise: Ramp(to: 10, from: 200, through: 300))
      ),
    ])
  func capacity(text: String, capacity: Capacity) throws {
    #expect(try Capacity(text: text, name: "capacity") == capacity)
    #expect(capacity.text == text)
  }

  @Test(
    "A transformation reads as it is written",
    arguments: [
      ("handwriting", ImageTransformation.handwriting), ("objects", .objects),
      (
        "rotation=10.0,shear=0.0,scale=0.25,shift=0.0,elastic=0.0,brightness=0.5,mirroring=0.25",
        ImageTransformation(rotation: 10, scale: 0.25, brightness: 0.5, mirroring: 0.25)
      ),
    ])
  func transformation(text: String, transformation: ImageTransformation) throws {
    #expect(try ImageTransformation(text: text) == transformation)
    #expect(transformation.text == text)
  }

  @Test(
    "A schedule that is not one is refused with how it is written",
    arguments: ["0.1", "0.1@5", "0.1@5-", "x@5-6", "0.1@5-6-7", "0.1@5@6", "@", ""])
  func schedule(text: String) {
    #expect(
      throws: ConfigurationError(
        "learning rate decay", text,
        expected: "a share and two steps, such as 0.1@20000-28000, or none")
    ) { try DecayChoice(text: text, name: "learning rate decay") }
    let capacity = "0,5,100,30,\(text)"
    #expect(
      throws: ConfigurationError(
        "capacity", capacity,
        expected: "minimum,maximum,steps,weight, such as 0,5,25000,30, "
          + "and perhaps a later rise, such as 10@30000-40000")
    ) { try Capacity(text: capacity, name: "capacity") }
  }

  @Test(
    "The spelling of older evaluations reads as the loss it was",
    arguments: [
      ("cauchy(0.5)", "cauchy:0.5"), ("robust(-inf, 0.5)", "robust:-inf,0.5"),
      ("robust-likelihood(1.0, 0.1)", "robust-likelihood:1.0,0.1"), ("laplace(0.1)", "laplace:0.1"),
      ("gaussian(0.1)", "gaussian:0.1"),
      ("multicauchy(1.0 x 0.5, 1.0 x 2.0)", "multicauchy:0.5,2.0"),
      ("multicauchy(1.0 x 0.5, 0.25 x 2.0)", "multicauchy:0.5,2.0:1.0,0.25"),
    ])
  func olderLoss(old: String, new: String) throws {
    #expect(try ReconstructionLoss(text: old).text == new)
  }

  @Test("cauchy alone has scale 1")
  func plainCauchy() throws {
    #expect(try ReconstructionLoss(text: "cauchy") == .cauchy(scale: 1))
  }

  @Test(
    "An unknown loss is refused with the names there are",
    arguments: [
      ("", ""), ("BCE", "; did you mean bce?"), ("l1", ""),
      ("gausian:1", "; did you mean gaussian?"),
    ])
  func noLoss(text: String, advice: String) {
    let expected =
      "one of bce, continuous-bernoulli, mse, cauchy, robust, robust-likelihood, adaptive, multicauchy, laplace, gaussian"
    #expect(throws: ConfigurationError("loss", text, expected: expected + advice)) {
      try ReconstructionLoss(text: text)
    }
  }

  @Test(
    "A loss with numbers that do not fit is refused with how it is written",
    arguments: [
      ("cauchy:", "cauchy:C with a scale C above 0, such as cauchy:0.5"),
      ("cauchy:-1", "cauchy:C with a scale C above 0, such as cauchy:0.5"),
      ("cauchy:nan", "cauchy:C with a scale C above 0, such as cauchy:0.5"),
      ("cauchy:inf", "cauchy:C with a scale C above 0, such as cauchy:0.5"),
      ("cauchy:1,2", "cauchy:C with a scale C above 0, such as cauchy:0.5"),
      ("bce:1", "bce"), ("bce:", "bce"), ("mse:0.5", "mse"), ("adaptive:1", "adaptive"),
      ("robust", "robust:ALPHA,C, such as robust:1,0.5 or robust:-inf,0.5"),
      ("robust:1", "robust:ALPHA,C, such as robust:1,0.5 or robust:-inf,0.5"),
      ("robust:1,x", "robust:ALPHA,C, such as robust:1,0.5 or robust:-inf,0.5"),
      ("robust:1,2:3", "robust:ALPHA,C, such as robust:1,0.5 or robust:-inf,0.5"),
      (
        "robust-likelihood:1",
        "robust-likelihood:ALPHA,C with alpha from 0 to 2, such as robust-likelihood:1,0.1"
      ),
      (
        "multicauchy:1,2:3",
        "multicauchy:C,... or multicauchy:C,...:W,... with a weight for each scale, such as multicauchy:0.5,1,2"
      ),
      (
        "multicauchy:1,,2",
        "multicauchy:C,... or multicauchy:C,...:W,... with a weight for each scale, such as multicauchy:0.5,1,2"
      ),
      ("laplace", "laplace:B with a scale B, such as laplace:0.1"),
      ("laplace:wide", "laplace:B with a scale B, such as laplace:0.1"),
      ("gaussian:1,2", "gaussian:SIGMA with a standard deviation, such as gaussian:0.1"),
    ])
  func unfit(text: String, expected: String) {
    #expect(throws: ConfigurationError("loss", text, expected: expected)) {
      try ReconstructionLoss(text: text)
    }
  }

  @Test(
    "A loss out of its range is refused by the number",
    arguments: [
      "robust:5,1", "robust:nan,1", "robust:1,0", "robust-likelihood:-1,1", "laplace:-1",
      "gaussian:inf",
    ])
  func outOfRange(text: String) {
    let error = #expect(throws: ConfigurationError.self) { try ReconstructionLoss(text: text) }
    #expect(error?.setting != "loss")
  }

  @Test("A capacity is four numbers")
  func capacity() throws {
    let capacity = try Capacity(text: "0,5,25000,30", name: "continuous capacity")
    #expect(capacity == Capacity(maximum: 5, rampSteps: 25_000, weight: 30))
    #expect(try Capacity(text: capacity.text, name: "") == capacity)
  }

  @Test(
    "A capacity that cannot be is refused",
    arguments: [
      (
        "1,2,3",
        "continuous capacity is 1,2,3; expected minimum,maximum,steps,weight, such as 0,5,25000,30, and perhaps a later rise, such as 10@30000-40000"
      ),
      (
        "0,5,1.5,30",
        "continuous capacity is 0,5,1.5,30; expected minimum,maximum,steps,weight, such as 0,5,25000,30, and perhaps a later rise, such as 10@30000-40000"
      ),
      ("-1,5,10,30", "continuous capacity minimum is -1.0; expected at least 0 nats"),
      ("3,2,10,30", "continuous capacity maximum is 2.0; expected at least the minimum, 3.0 nats"),
      (
        "0,inf,10,30", "continuous capacity maximum is inf; expected at least the minimum, 0.0 nats"
      ),
      ("0,5,0,30", "continuous capacity steps is 0; expected at least 1 step"),
      ("0,5,10,nan", "continuous capacity weight is nan; expected at least 0"),
    ])
  func noCapacity(text: String, sentence: String) {
    let error = #expect(throws: ConfigurationError.self) {
      try Capacity(text: text, name: "continuous capacity")
    }
    #expect(error?.description == sentence)
  }

  @Test("A latent is z or c and a number")
  func latent() throws {
    #expect(try LatentVariable(name: "z12") == .continuous(12))
    #expect(try LatentVariable(name: "c0") == .discrete(0))
    for text in ["", "z", "3", "z-1", "z+1", "x1", "z1.5", "z99999999999999999999", "z١"] {
      #expect(throws: ConfigurationError.self) { try LatentVariable(name: text) }
    }
  }

  @Test("A latent that a model does not have is refused with those it has")
  func unknownLatent() throws {
    let latents = LatentSpec(continuous: 2, discrete: [3])
    try LatentVariable.continuous(1).validate(in: latents)
    try LatentVariable.discrete(0).validate(in: latents)
    #expect(throws: ConfigurationError("latent", "z2", expected: "one of this model's: z0 z1 c0")) {
      try LatentVariable.continuous(2).validate(in: latents)
    }
    #expect(throws: ConfigurationError.self) {
      try LatentVariable.discrete(1).validate(in: latents)
    }
  }
}
