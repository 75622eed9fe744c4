import Foundation

/// What the page's script gets, an object for each kind of message. `number` is that of the run: with restarts, the page
/// forgets what it knows of a seed when the next one begins.
enum LiveMessages {
  /// A training begins, or goes on.
  struct Run: Encodable {
    var number: Int
    var folder: String
    var dataSet: String
    var images: Int
    var seed: String
    var latents: String
    var shape: String
    var step: Int
    var steps: Int
  }

  /// Where it stands. Losses and KLs are in nats an image, means since the last message.
  struct Progress: Encodable {
    var number: Int
    var step: Int
    var steps: Int
    var epoch: Int
    var loss: Double?
    var reconstruction: Double?
    var continuousKL: Double?
    var discreteKL: Double?
    var validationLoss: Double?
    var imagesPerSecond: Double?
    var secondsLeft: Double?
  }

  /// What the model of a step draws, and the curves up to it.
  struct Pictures: Encodable {
    /// A picture inside the message.
    struct Picture: Encodable {
      var source: String
      /// For readers who cannot see it.
      var label: String
      var width: Int
      var height: Int
    }
    var number: Int
    var step: Int
    var samples: Picture
    var reconstructions: Picture
    var traversals: Picture
    /// What stands beside the rows of the traversals.
    var rows: [String]
    /// Markup of the charts; nil where there is nothing to draw yet.
    var curves: String?
  }

  /// All that looked wrong, the newest last.
  struct Warnings: Encodable {
    var number: Int
    var sentences: [String]
  }

  /// No message follows.
  struct End: Encodable {
    /// `finished`, `stopped` or `failed`.
    var ending: String
    var step: Int
    /// Where to look now: the page that plays with the model, and the report.
    var files: [String]
  }
}

extension LiveServer {
  /// Gives an object to all who follow.
  func publish(_ kind: String, _ message: some Encodable) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // JSON has no word for such numbers; they are shown as missing.
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "infinite", negativeInfinity: "infinite", nan: "undefined")
    guard let data = try? encoder.encode(message) else { return }
    publish(kind, json: String(decoding: data, as: UTF8.self))
  }
}
