import JointVAE

/// Gathers the reports of steps into what the page shows: means since the last message.
struct LiveMeter {
  /// The reconstruction and KLs of validation images; nil without some.
  var validationLoss: Double?

  private let number: Int
  private let steps: Int
  private let start = ContinuousClock.now
  private let hasContinuous: Bool
  private let hasDiscrete: Bool
  private var step: Int
  private var epoch = 0
  private let firstStep: Int
  private var imagesSeen = 0
  private var count = 0.0
  private var sums = (loss: 0.0, reconstruction: 0.0, continuous: 0.0, discrete: 0.0)
  /// What the last message said, for a message without a step in between.
  private var last: LiveMessages.Progress?

  init(_ course: TrainingCourse, number: Int) {
    self.number = number
    steps = course.lastStep
    step = course.stepsDone
    firstStep = course.stepsDone
    hasContinuous = course.configuration.latents.continuous > 0
    hasDiscrete = !course.configuration.latents.discrete.isEmpty
  }

  mutating func add(_ report: StepReport) {
    step = report.step
    epoch = report.epoch
    imagesSeen += report.imageCount
    count += 1
    sums.loss += report.terms.loss
    sums.reconstruction += report.terms.reconstruction
    sums.continuous += report.terms.continuousKL
    sums.discrete += report.terms.discreteKL
  }

  /// The message, and a new beginning for the means.
  mutating func message() -> LiveMessages.Progress {
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let done = step - firstStep
    var next =
      last ?? LiveMessages.Progress(number: number, step: step, steps: steps, epoch: epoch)
    (next.step, next.epoch) = (step, epoch)
    if count > 0 {
      next.loss = sums.loss / count
      next.reconstruction = sums.reconstruction / count
      next.continuousKL = hasContinuous ? sums.continuous / count : nil
      next.discreteKL = hasDiscrete ? sums.discrete / count : nil
    }
    next.validationLoss = validationLoss
    next.imagesPerSecond = seconds > 0 && done > 0 ? Double(imagesSeen) / seconds : nil
    next.secondsLeft = done > 0 ? seconds / Double(done) * Double(steps - step) : nil
    count = 0
    sums = (0, 0, 0, 0)
    last = next
    return next
  }
}
