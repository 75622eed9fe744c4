import JointVAE
import JointVAEFiles
import JointVAERuns

/// What a stored model is made of, in lines for people.
package struct ModelDescription {
  private let stored: StoredModel
  private let restarts: RestartTable?
  private let posterior: AggregatePosterior?

  /// A description of `stored`.
  /// - Throws: `FileError` when the restarts of a run, or the distribution of its codes, cannot be read.
  package init(_ stored: StoredModel) throws {
    self.stored = stored
    let folder = RunFolder(stored.path)
    restarts =
      stored.configuration != nil && folder.hasRestarts
      ? try RestartTable(contentsOf: folder.restarts) : nil
    posterior = try stored.aggregatePosterior()
  }

  /// Latents, images and parameters, then a run's settings, then every layer, then every tensor with its shape.
  package var text: String {
    let model = stored.model
    let variables = model.latents.variables
    var rows = [
      ["model", stored.file],
      ["images", "\(model.imageShape)"],
      ["latents", "\(model.latents)"],
      ["parameters", "\(model.parameterCount)"],
    ]
    if let dataSet = stored.dataSet { rows.append(["data set", dataSet]) }
    if let recipe = stored.recipe { rows.append(["recipe", recipe]) }
    if let configuration = stored.configuration {
      rows.append(["seed", "\(configuration.training.seed)"])
    }
    if let restarts {
      rows.append(
        [
          "restarts",
          "chosen of \(restarts.count) seeds by \(restarts.rule.words) up to step \(restarts.step)",
        ])
    }
    rows += Self.settings(of: stored.reference)
    if let summary = stored.summary {
      rows += [
        ["step", "\(summary.step)"],
        [
          summary.kl.information == nil ? "latents by KL" : "latents carry",
          summary.kl.sorted(variables).map(summary.kl.label).joined(separator: ", "),
        ],
      ]
    }
    let shapes = model.network.tensors.map { tensor in
      [tensor.name, tensor.shape.map(String.init).joined(separator: " x ")]
    }
    if let posterior {
      let count = NumberText.count(posterior.components.count, "component")
      rows.append(["posterior", "\(count), which sample draws from"])
    }
    // They are as long as the file's author likes.
    rows += stored.notes.sorted { $0.key < $1.key }.prefix(Self.noteLimit).map {
      [$0.key.printable(limit: 40), $0.value.printable()]
    }
    if stored.notes.count > Self.noteLimit {
      rows.append(["more notes", "\(stored.notes.count - Self.noteLimit)"])
    }
    return [rows, Self.layers(of: model.network), shapes].map { TextTable($0).text }
      .joined(separator: "\n\n")
  }

  private static let noteLimit = 100

  /// A line for each layer, and one for all of them.
  private static func layers(of network: NetworkDescription) -> [[String]] {
    let header = ["layer", "input", "output", "activation", "parameters", "multiply-adds"]
    let rows = network.layers.map { layer in
      [
        layer.kind.rawValue, "\(layer.input)", "\(layer.output)", layer.activation.rawValue,
        "\(layer.parameterCount)", "\(layer.multiplyAdds)",
      ]
    }
    let total = ["all", "", "", "", "\(network.parameterCount)", "\(network.multiplyAdds)"]
    return [header] + rows + [total]
  }

  /// The lines of a specs.json.
  private static func settings(of reference: ReferenceSettings?) -> [[String]] {
    guard let reference else { return [] }
    return [
      reference.continuousCapacity.map { ["capacity of z", $0.text] },
      reference.discreteCapacity.map { ["capacity of c", $0.text] },
      reference.learningRate.map { ["learning rate", "\($0)"] },
      reference.batchSize.map { ["batch size", "\($0)"] },
    ].compactMap(\.self)
  }
}
