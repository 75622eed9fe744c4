import JointVAE
import JointVAEProgram
import JointVAERuns
import TestSupport
import Testing

struct ProgressLineTests {
  @Test("A pipe gets all numbers in one line")
  func plain() throws {
    #expect(
      ProgressLine(try status()).plain
        == "epoch 2/3  step 15/30  16 images/s  0:30 left  loss 120.25  KL_z 1.75/2.00  "
        + "KL_c 0.50/1.10  active 2/3  categories 2/3")
  }

  @Test("A terminal gets a bar that is half full at half time")
  func bar() throws {
    #expect(
      ProgressLine(try status()).bar(width: 160)
        == "epoch 2/3  [==============--------------]  step 15/30  16 images/s  0:30 left  "
        + "loss 120.25  KL_z 1.75/2.00  KL_c 0.50/1.10  active 2/3  categories 2/3")
  }

  @Test("A narrow terminal loses the least important words, never the width")
  func narrow() throws {
    let line = ProgressLine(try status())
    for width in 1...200 { #expect(line.bar(width: width).count <= width) }
    #expect(
      line.bar(width: 80)
        == "epoch 2/3  [=====------]  0:30 left  loss 120.25  KL_z 1.75/2.00  KL_c 0.50/1.10")
    #expect(line.bar(width: 40) == "epoch 2/3  [========--------]  0:30 left")
    #expect(line.bar(width: 12) == "epoch 2/3  0")
  }

  @Test("Other terms are shown by name, and give way first")
  func terms() throws {
    var status = try status()
    status.terms = [
      TermMeasurement(name: "consistency", value: 0.5), TermMeasurement(name: "own", value: 2),
    ]
    let line = ProgressLine(status)
    #expect(line.plain.contains("  KL_c 0.50/1.10  consistency 0.500  own 2.000  active 2/3"))
    #expect(try line.bar(width: 80) == ProgressLine(self.status()).bar(width: 80))
  }

  @Test("Colors add no columns")
  func color() throws {
    let line = ProgressLine(try status())
    let colored = line.bar(width: 80, color: true)
    #expect(colored.contains("\u{1B}[32m=====\u{1B}[0m"))
    #expect(
      colored.replacing("\u{1B}[32m", with: "").replacing("\u{1B}[0m", with: "")
        == line.bar(width: 80))
  }

  /// Step 15 of 30, after five steps of eight images in ten seconds by this program.
  private func status() throws -> TrainingStatus {
    var monitor = TrainingMonitor(
      configuration: Self.configuration, stepsPerEpoch: 10, totalSteps: 30)
    let reports = try RealReports(Self.configuration.latents)
    for step in 11...15 {
      var terms = LossTerms(
        reconstruction: 100, continuousKLs: [1.25, 0.25, 0.05], discreteKLs: [0.5])
      terms.loss = 120.25
      var report = reports.step
      report.step = step
      report.epoch = 2
      report.imageCount = 32
      report.terms = terms
      report.terms.measurements = [
        TermMeasurement(name: "capacity_z", value: 2, target: .continuous),
        TermMeasurement(name: "capacity_c", value: 1.1, target: .discrete),
      ]
      report.categoryCounts = [[20, 0, 12]]
      monitor.add(report)
    }
    let shown = monitor.status(seconds: 10)
    var status = try #require(shown)
    // 1.25 + 0.25 + 0.05 has no short name.
    #expect(abs((status.continuous?.kl ?? 0) - 1.55) < 1e-12)
    status.continuous?.kl = 1.75
    status.activeDimensions = 2
    return status
  }

  static var configuration: TrainingConfiguration {
    TrainingConfiguration(
      imageShape: ImageShape(size: 16), latents: LatentSpec(continuous: 3, discrete: [3]))
  }
}
