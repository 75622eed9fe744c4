import Dispatch
import JointVAE
import JointVAEFiles
import JointVAEImages
import JointVAEPictures
import JointVAEReport
import JointVAERuns
import Synchronization

/// Draws what the live page shows, beside the training.
///
/// It draws only while a browser follows, and keeps its share of the processors' time below a hundredth: after a picture that
/// took 50 milliseconds, the program computes for five seconds before the next one.
final class LivePainter: Sendable {
  private let server: LiveServer
  private let state = Mutex(State())
  private let work = DispatchSemaphore(value: 0)
  private let done = DispatchSemaphore(value: 0)

  /// The time between two drawings at least.
  private static let leastInterval = Duration.seconds(2)
  /// How many times as long as a drawing took the program computes before the next one.
  private static let rest = 100.0

  /// What is drawn.
  struct Snapshot: Sendable {
    var run: LiveRun
    var model: JointVAEModel
    var step: Int
    /// The KL of each z, then of each c, on the last batch.
    var divergences: [Double]
    /// Seconds that the training computed for it.
    var cost: Double
  }

  private struct State {
    var waiting: Snapshot?
    var isDrawing = false
    var isClosed = false
    var nextTime = ContinuousClock.now
    /// In `ProcessorTime.ofProgram`.
    var nextProcessorTime = 0.0
  }

  init(_ server: LiveServer) {
    self.server = server
    BackgroundThread.start { [self] in
      while let snapshot = next() { draw(snapshot) }
      done.signal()
    }
  }

  /// Whether a new picture is wanted.
  func isDue(now: ContinuousClock.Instant) -> Bool {
    guard server.readerCount > 0 else { return false }
    let processorTime = ProcessorTime.ofProgram
    return state.withLock {
      !$0.isDrawing && $0.waiting == nil && $0.nextTime <= now
        && $0.nextProcessorTime <= processorTime
    }
  }

  /// Draws a model as soon as it can. It returns at once.
  func draw(soon snapshot: Snapshot) {
    state.withLock { $0.waiting = snapshot }
    work.signal()
  }

  /// Ends after what is still to be drawn.
  func finish() {
    state.withLock { $0.isClosed = true }
    work.signal()
    done.wait()
    done.signal()
  }

  /// The next model to draw; nil at the end.
  private func next() -> Snapshot? {
    while true {
      work.wait()
      let (snapshot, isClosed) = state.withLock { state in
        let snapshot = state.waiting
        state.waiting = nil
        state.isDrawing = snapshot != nil
        return (snapshot, state.isClosed)
      }
      if let snapshot { return snapshot }
      if isClosed { return nil }
    }
  }

  private func draw(_ snapshot: Snapshot) {
    let start = ProcessorTime.ofThread
    // A picture that cannot be made is missing, and the training goes on.
    if let message = try? Self.message(of: snapshot) { server.publish("pictures", message) }
    let cost = snapshot.cost + ProcessorTime.ofThread - start
    state.withLock { state in
      state.isDrawing = false
      state.nextTime = ContinuousClock.now + Self.leastInterval
      state.nextProcessorTime = ProcessorTime.ofProgram + cost * Self.rest
      // A last model came while this one was drawn.
      if state.waiting != nil || state.isClosed { work.signal() }
    }
  }

  // MARK: Pictures

  private static let (columns, sampleCount, rowLimit) = (8, 32, 10)

  private static func message(of snapshot: Snapshot) throws -> LiveMessages.Pictures {
    let run = snapshot.run
    // The training has the other processors.
    let model = snapshot.model.using(
      Compute(threads: 1, instructionSet: snapshot.model.compute.instructionSet))
    let order = snapshot.divergences.enumerated().sorted {
      $0.element == $1.element ? $0.offset < $1.offset : $0.element > $1.element
    }.prefix(rowLimit)
    let variables = model.latents.variables
    let points = min(12, LatentTraversal.pointCount(for: model.latents))
    return LiveMessages.Pictures(
      number: run.number, step: snapshot.step,
      samples: try picture(
        Pictures.samples(of: model, count: sampleCount, columns: columns, seed: run.seed),
        "\(sampleCount) images that the model invented"),
      reconstructions: try picture(
        Pictures.reconstructions(of: model, images: run.shown, columns: columns),
        "\(run.shown.count) images of the data set, and below each what the model makes of it"),
      traversals: try picture(
        Pictures.traversals(
          of: model, variables: order.map { variables[$0.offset] },
          from: LatentTraversal(model.latents), count: points),
        "A row for each latent: the picture while it takes \(points) values"),
      rows: order.map {
        "\(variables[$0.offset]) \(NumberText.decimal(max(0, $0.element), 2))"
      },
      curves: RunCurves(of: run.folder)?.html(number: run.number).markup)
  }

  private static func picture(_ image: Image, _ label: String) throws
    -> LiveMessages.Pictures
    .Picture
  {
    LiveMessages.Pictures.Picture(
      source: DataURI(try image.pngBytes(), type: "image/png").text, label: label,
      width: image.width, height: image.height)
  }
}
