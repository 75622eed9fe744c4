import JointVAE
import JointVAERuns

/// The page of a training that goes on: a server on this machine, and observers that tell it how runs go.
///
/// The page follows one run after the other, such as the seeds of a search. It ends with the training. Then the folder of
/// the last run holds a page to play with its model.
package final class LiveTraining {
  /// What a browser opens.
  package var address: String { "\(server.address)" }
  let server: LiveServer
  let painter: LivePainter
  let note: (String) -> Void
  private var runs = 0
  private var hasEnded = false

  /// Begins to serve the page.
  ///
  /// - Parameters:
  ///   - port: of 127.0.0.1; nil for a free one.
  ///   - note: gets what a user should know of the page that is left behind.
  /// - Throws: `ConfigurationError` when the port cannot be had.
  package init(port: Int? = nil, note: @escaping (String) -> Void = { _ in }) throws {
    server = try LiveServer(
      port: port ?? 0, page: Array(LivePage.html.utf8), policy: LivePage.policy)
    painter = LivePainter(server)
    self.note = note
  }

  /// Tells the page how `run` goes. Pass it behind observers that write files.
  package func observer(of run: borrowing TrainingRun) -> any TrainingObserver {
    runs += 1
    return LiveObserver(run, number: runs, training: self)
  }

  /// Ends the page of a training that failed; nothing when it has ended by itself.
  package func close() {
    end(LiveMessages.End(ending: "failed", step: 0, files: []))
  }

  func end(_ message: LiveMessages.End) {
    guard !hasEnded else { return }
    hasEnded = true
    painter.finish()
    server.publish("end", message)
    server.end()
  }
}
