import JointVAE
import JointVAEFiles
import JointVAERuns
import TestSupport
import Testing

struct MetricsLogTests {
  private let latents = LatentSpec(continuous: 2, discrete: [3])
  private let reports: RealReports

  private var objective: Objective {
    Objective(TrainingConfiguration(imageShape: ImageShape(size: 16), latents: latents))
  }

  init() throws { reports = try RealReports(latents) }

  @Test("metrics.csv has a row for step 1 and every logging step, with all terms")
  func steps() throws {
    try withRun { run in
      let log = try MetricsLog(
        in: run, objective: objective, interval: 2, hasValidation: false, after: 0)
      for step in 1...4 { try log.record(report(step), seconds: Double(step) / 8) }
      #expect(
        try text(run.metrics) == """
          step,epoch,seconds,loss,reconstruction,kl_z,capacity_z,kl_c,capacity_c,kl_z0,kl_z1,kl_c0
          1,1,0.125,100.0,90.5,0.75,1.0,0.25,0.5,0.25,0.5,0.25
          2,1,0.25,50.0,90.5,0.75,1.0,0.25,0.5,0.25,0.5,0.25
          4,1,0.5,25.0,90.5,0.75,1.0,0.25,0.5,0.25,0.5,0.25

          """)
    }
  }

  @Test("metrics.csv tells alpha and c of an adaptive loss, in two columns more")
  func learnedLoss() throws {
    try withRun { run in
      var configuration = objective.configuration
      configuration.reconstructionLoss = .adaptive
      let log = try MetricsLog(
        in: run, objective: Objective(configuration), interval: 2, hasValidation: false, after: 0)
      var first = report(1)
      first.learnedLoss = RobustLoss(alpha: 1.25, scale: 0.125)
      try log.record(first, seconds: 0)
      try log.record(report(2), seconds: 0)
      let rows = try text(run.metrics).split(separator: "\n")
      #expect(rows[0].hasSuffix(",kl_c0,loss_alpha,loss_scale"))
      #expect(rows[1].hasSuffix(",0.25,1.25,0.125"))
      #expect(rows[2].hasSuffix(",0.25,,"))
    }
  }

  @Test("epochs.csv has a row an epoch, with validation columns when there is a validation set")
  func epochs() throws {
    try withRun { run in
      let log = try MetricsLog(
        in: run, objective: objective, interval: 2, hasValidation: true, after: 0)
      try log.record(epoch(1, validation: terms(80)), seconds: 2)
      #expect(
        try text(run.epochs) == """
          epoch,step,seconds,loss,reconstruction,kl_z,kl_c,kl_z0,kl_z1,kl_c0,\
          validation_loss,validation_reconstruction,validation_kl_z,validation_kl_c,\
          validation_kl_z0,validation_kl_z1,validation_kl_c0
          1,10,2.0,70.0,90.5,0.75,0.25,0.25,0.5,0.25,80.0,90.5,0.75,0.25,0.25,0.5,0.25

          """)
    }
  }

  /// A term with a name and nothing else.
  private struct Named: LatentTerm {
    let name: String
    func weight(atStep step: Int) -> Double { 1 }
    func evaluate(
      _ batch: LatentBatch, weight: Double, adding gradient: inout LatentGradient
    ) -> Double { 0 }
  }

  @Test("A program's own term has a column of its name in both files, the paired ones in one")
  func terms() throws {
    var configuration = objective.configuration
    configuration.pairing = Pairing()
    let own = try Objective(configuration, additionalTerms: [Named(name: "penalty")])
    try withRun { run in
      let log = try MetricsLog(
        in: run, objective: own, interval: 2, hasValidation: true, after: 0)
      var step = report(1)
      step.terms.measurements += [
        TermMeasurement(name: "consistency", value: 2), TermMeasurement(name: "balance", value: 3),
        TermMeasurement(name: "penalty", value: 4),
      ]
      try log.record(step, seconds: 0)
      var mean = epoch(1, validation: terms(80))
      mean.training.measurements = step.terms.measurements
      try log.record(mean, seconds: 0)
      let rows = try text(run.metrics).split(separator: "\n")
      #expect(rows[0].hasSuffix(",kl_c,capacity_c,kl_z0,kl_z1,kl_c0,consistency,balance,penalty"))
      #expect(rows[1].hasSuffix(",0.25,0.5,0.25,0.5,0.25,2.0,3.0,4.0"))
      let columns = MetricsColumns(header: rows[0].split(separator: ",").map(String.init))
      #expect(columns.divergences.map(\.targets) == [["capacity_z"], ["capacity_c"]])
      #expect(columns.latents == ["kl_z0", "kl_z1", "kl_c0"])
      #expect(columns.terms == ["consistency", "balance", "penalty"])
      let epochs = try text(run.epochs).split(separator: "\n")
      #expect(epochs[0].contains(",kl_c0,penalty,validation_loss,"))
      #expect(epochs[1].contains(",0.25,4.0,80.0,"))
    }
  }

  @Test("A term of the name of another column is refused", arguments: ["loss", "kl_z7"])
  func taken(name: String) throws {
    let own = try Objective(objective.configuration, additionalTerms: [Named(name: name)])
    try withRun { run in
      let error = #expect(throws: ConfigurationError.self) {
        try MetricsLog(in: run, objective: own, interval: 2, hasValidation: false, after: 0)
      }
      #expect(error?.value == name)
    }
  }

  @Test("A run that was cut off leaves the same rows as one that was not, but for the seconds")
  func resumed() throws {
    try withRun { whole in
      try withRun { cut in
        let first = try MetricsLog(
          in: whole, objective: objective, interval: 3, hasValidation: false, after: 0)
        for step in 1...20 { try record(step, in: first) }

        let early = try MetricsLog(
          in: cut, objective: objective, interval: 3, hasValidation: false, after: 0)
        for step in 1...14 { try record(step, in: early) }
        // The last checkpoint was written after step 10; all later rows come again.
        let late = try MetricsLog(
          in: cut, objective: objective, interval: 3, hasValidation: false, after: 10)
        for step in 11...20 { try record(step, in: late) }

        #expect(try withoutSeconds(cut.metrics) == withoutSeconds(whole.metrics))
        #expect(try withoutSeconds(cut.epochs) == withoutSeconds(whole.epochs))
        #expect(try withoutSeconds(cut.epochs).count == 3)
      }
    }
  }

  @Test("The seconds go on where the kept rows end")
  func seconds() throws {
    try withRun { run in
      let early = try MetricsLog(
        in: run, objective: objective, interval: 5, hasValidation: false, after: 0)
      try early.record(report(5), seconds: 40)
      try early.record(report(10), seconds: 80)
      let late = try MetricsLog(
        in: run, objective: objective, interval: 5, hasValidation: false, after: 5)
      #expect(late.secondsBefore == 40)
      try late.record(report(10), seconds: 30)
      #expect(try text(run.metrics).contains("\n10,1,70.0,"))
    }
  }

  private func record(_ step: Int, in log: MetricsLog) throws {
    try log.record(report(step), seconds: Double.random(in: 0..<9))
    if step % 10 == 0 { try log.record(epoch(step / 10), seconds: 1) }
  }

  private func terms(_ loss: Double) -> LossTerms {
    var terms = LossTerms(reconstruction: 90.5, continuousKLs: [0.25, 0.5], discreteKLs: [0.25])
    terms.loss = loss
    return terms
  }

  private func report(_ step: Int) -> StepReport {
    var report = reports.step
    report.step = step
    report.terms = terms(100 / Double(step))
    report.terms.measurements = Self.capacities
    return report
  }

  private static let capacities = [
    TermMeasurement(name: "capacity_z", value: 1, target: .continuous),
    TermMeasurement(name: "capacity_c", value: 0.5, target: .discrete),
  ]

  private func epoch(_ epoch: Int, validation: LossTerms? = nil) -> EpochReport {
    var report = reports.epoch
    report.epoch = epoch
    report.step = epoch * 10
    report.training = terms(70)
    report.validation = validation
    return report
  }

  private func withRun(_ body: (RunFolder) throws -> Void) throws {
    try withTemporaryFolder { try body(RunFolder($0)) }
  }

  private func text(_ path: String) throws -> String {
    String(decoding: try BoundedFile.read(path, limit: 1 << 20), as: UTF8.self)
  }

  private func withoutSeconds(_ path: String) throws -> [[Substring]] {
    try text(path).split(separator: "\n").map { line in
      var fields = line.split(separator: ",")
      fields.remove(at: 2)
      return fields
    }
  }
}
