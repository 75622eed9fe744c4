import JointVAE
import JointVAEProgram
import JointVAERuns
import TestSupport
import Testing

struct TrainingMonitorTests {
  @Test("A status is the mean since the last one")
  func means() throws {
    var monitor = makeMonitor([4])
    #expect(monitor.status(seconds: 1) == nil)
    monitor.add(try report(1, loss: 10, counts: [[1, 2, 3, 2]]))
    monitor.add(try report(2, loss: 20, counts: [[1, 2, 3, 2]]))
    let firstStatus = monitor.status(seconds: 4)
    let first = try #require(firstStatus)
    #expect(first.loss == 15)
    #expect(first.terms == [TermMeasurement(name: "own", value: 15)])
    #expect(first.continuous?.capacity == 1)
    #expect(first.imagesPerSecond == 4)
    #expect(first.secondsLeft == 196)
    #expect((first.epoch, first.epochs, first.step, first.steps) == (1, 10, 2, 100))
    monitor.add(try report(3, loss: 7, counts: [[1, 2, 3, 2]]))
    let second = monitor.status(seconds: 4)
    #expect(second?.loss == 7 && second?.terms.first?.value == 7)
    #expect(monitor.status(seconds: 4) == nil)
  }

  @Test("Categories are those of the last epoch until this one has shown enough images")
  func categories() throws {
    var monitor = makeMonitor([4])
    monitor.add(try report(1, loss: 1, counts: [[500, 300, 300, 0]]))
    #expect(monitor.status(seconds: 1)?.usedCategories == 3)
    monitor.add(try report(2, epoch: 2, loss: 1, counts: [[0, 0, 0, 8]]))
    #expect(monitor.status(seconds: 1)?.usedCategories == 3)
    monitor.add(try report(3, epoch: 2, loss: 1, counts: [[0, 0, 0, 1000]]))
    #expect(monitor.status(seconds: 1)?.usedCategories == 1)
  }

  @Test("A resumed run counts its own steps only for the pace")
  func resumed() throws {
    var monitor = makeMonitor([4])
    monitor.add(try report(91, epoch: 10, loss: 1, counts: [[8, 0, 0, 0]]))
    monitor.add(try report(92, epoch: 10, loss: 1, counts: [[8, 0, 0, 0]]))
    let statusStatus = monitor.status(seconds: 2)
    let status = try #require(statusStatus)
    #expect(status.secondsLeft == 8)
    #expect(status.imagesPerSecond == 8)
  }

  @Test("What a model does not have is left out")
  func continuousOnly() throws {
    var monitor = makeMonitor([])
    monitor.add(try report(1, loss: 1, counts: []))
    let statusStatus = monitor.status(seconds: 1)
    let status = try #require(statusStatus)
    #expect(status.discrete == nil)
    #expect(!ProgressLine(status).plain.contains("KL_c"))
    #expect(!ProgressLine(status).plain.contains("categories"))
  }

  @Test("The end of an epoch shows its means and its validation loss")
  func epoch() throws {
    var monitor = makeMonitor([4])
    monitor.add(try report(10, loss: 3, counts: [[8, 0, 0, 0]]))
    var validation = LossTerms(reconstruction: 1, continuousKLs: [1, 0], discreteKLs: [0])
    validation.loss = 44
    var training = LossTerms(reconstruction: 1, continuousKLs: [1, 0.05], discreteKLs: [0.5])
    training.loss = 33
    var report = try RealReports(LatentSpec(continuous: 2, discrete: [4])).epoch
    report.training = training
    report.validation = validation
    report.categoryCounts = [[40, 40, 0, 0]]
    report.information = InformationBound(continuous: [0.7, 0.02], discrete: [0.3])
    let shown = monitor.status(report, seconds: 1)
    let status = try #require(shown)
    #expect(status.loss == 33)
    #expect(status.validationLoss == 44)
    #expect(status.activeDimensions == 1)
    #expect(status.usedCategories == 2)
    #expect(ProgressLine(status).plain.contains("  loss 33.00  validation 44.00  KL_z 1.05/1.00"))
  }

  private func makeMonitor(_ discrete: [Int]) -> TrainingMonitor {
    TrainingMonitor(
      configuration: TrainingConfiguration(
        imageShape: ImageShape(size: 16), latents: LatentSpec(continuous: 2, discrete: discrete)),
      stepsPerEpoch: 10, totalSteps: 100)
  }

  private func report(
    _ step: Int, epoch: Int = 1, loss: Double, counts: [[Int]]
  ) throws -> StepReport {
    var report = try RealReports(LatentSpec(continuous: 2, discrete: counts.map(\.count))).step
    report.step = step
    report.epoch = epoch
    report.terms.measurements = [
      TermMeasurement(name: "capacity_z", value: 1, target: .continuous),
      TermMeasurement(name: "own", value: loss),
    ]
    report.terms.continuousKLs = [0.5, 0.01]
    report.terms.loss = loss
    report.categoryCounts = counts
    return report
  }
}
