import Foundation
import JointVAEFiles
import JointVAEKernels

extension Trainer {
  /// Writes all that is needed to go on later: weights, the optimizer's moments, what the loss and the terms of the
  /// objective learned, the step and the epoch's sums.
  ///
  /// The file is written beside and renamed, so at any moment the last whole state is there.
  /// - Throws: `TrainingError.notFinite` when a weight or moment is not a number; `FileError`.
  public func saveState(to path: String) throws {
    try lock.withLock { _ in
      var tensors: [NamedTensor] = []
      for (prefix, buffer) in stateBuffers {
        if let name = engine.firstParameterNotFinite(in: buffer) {
          throw TrainingError.notFinite(tensor: prefix + name, step: stepsDone)
        }
        tensors += engine.weights.tensors(of: buffer).map {
          NamedTensor(name: prefix + $0.name, shape: $0.shape, elements: $0.elements)
        }
      }
      if let name = learnedLoss?.firstTensorNotFinite {
        throw TrainingError.notFinite(tensor: name, step: stepsDone)
      }
      tensors += learnedLoss?.tensors ?? []
      for term in learningTerms {
        if let name = term.firstTensorNotFinite {
          throw TrainingError.notFinite(tensor: name, step: stepsDone)
        }
        tensors += term.tensors
      }
      let sums = epochSums.numbers
      tensors.append(
        NamedTensor(name: Self.sumsName, shape: [sums.count], elements: .float64(sums)))
      if configuration.earlyStop != nil {
        let numbers = descent.numbers
        tensors.append(
          NamedTensor(
            name: Self.descentName, shape: [numbers.count], elements: .float64(numbers)))
      }
      for term in latentTerms where !term.state.isEmpty {
        tensors.append(
          NamedTensor(
            name: term.stateName, shape: [term.state.count], elements: .float64(term.state)))
      }
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys]
      var metadata = [
        "format": Self.stateFormat, "step": "\(stepsDone)",
        "configuration": String(decoding: try encoder.encode(configuration), as: UTF8.self),
      ]
      metadata[Self.lossName] = ownLoss?.name
      try Safetensors(tensors: tensors, metadata: metadata).write(to: path)
    }
  }

  /// A trainer that goes on where a state was saved.
  ///
  /// - Parameters:
  ///   - path: what `saveState` wrote.
  ///   - configuration: as it was then; only `length` and `earlyStop` may differ.
  ///   - loss: the program's own loss then; nil for the configuration's.
  ///   - terms: what the program added to the objective then.
  ///   - compute: threads and instructions; part of the speed, not of the result.
  /// - Throws: `FileError` when the file cannot be read, is no state or belongs to other settings; `TensorMismatch`.
  public convenience init(
    resumingFrom path: String, configuration: TrainingConfiguration,
    loss: (any ValueLoss)? = nil, terms: [any ObjectiveTerm] = [], compute: Compute = .automatic
  ) throws {
    let file = try Safetensors(contentsOf: path)
    guard file.metadata["format"] == Self.stateFormat else {
      throw FileError(path, "is no training state (its metadata lacks format \(Self.stateFormat))")
    }
    guard let step = file.metadata["step"].flatMap({ Int($0) }), step >= 0 else {
      throw FileError(path, "does not say at which step it was saved")
    }
    try Self.requireSame(
      configuration, as: file.metadata["configuration"], path: path)
    guard file.metadata[Self.lossName] == loss?.name else {
      func words(_ name: String?) -> String {
        name.map { "the loss \($0)" } ?? "the settings' loss"
      }
      throw FileError(
        path,
        "was trained with \(words(file.metadata[Self.lossName])), not with \(words(loss?.name))")
    }
    try self.init(configuration: configuration, loss: loss, terms: terms, compute: compute)
    for (prefix, buffer) in stateBuffers {
      let part = file.tensors.filter { $0.name.hasPrefix(prefix) }.map {
        NamedTensor(
          name: String($0.name.dropFirst(prefix.count)), shape: $0.shape, elements: $0.elements)
      }
      try engine.weights.loadChecked(part, named: "\(path) (\(prefix)...)", into: buffer)
    }
    try learnedLoss?.restore(from: file, path: path)
    for term in learningTerms { try term.restore(from: file, path: path) }
    guard case .float64(let sums)? = file[Self.sumsName]?.elements, epochSums.restore(sums) else {
      throw FileError(path, "does not hold the sums of its epoch (\(Self.sumsName))")
    }
    // Settings that had no early stop begin to watch now.
    if case .float64(let numbers)? = file[Self.descentName]?.elements {
      guard descent.restore(numbers) else {
        throw FileError(path, "does not hold what the early stop watches (\(Self.descentName))")
      }
    }
    for index in latentTerms.indices {
      let term = latentTerms[index]
      var state: [Double] = []
      if case .float64(let numbers)? = file[term.stateName]?.elements { state = numbers }
      guard latentTerms[index].restore(state) else {
        throw FileError(
          path, "does not hold the state of the term \(term.name) (\(term.stateName))")
      }
    }
    stepsDone = step
    engine.weights.pack(on: instructionSet, engine.workers)
  }

  static let stateFormat = "jointvae-training-state-1"
  private static let sumsName = "epoch.sums"
  private static let lossName = "loss"
  private static let descentName = "objective.descent"

  private var stateBuffers: [(prefix: String, buffer: FloatBuffer)] {
    var buffers = [("model/", engine.weights.master), ("first/", optimizerState.first)]
    if optimizerState.second.count > 0 { buffers.append(("second/", optimizerState.second)) }
    return buffers
  }

  private static func requireSame(
    _ configuration: TrainingConfiguration, as saved: String?, path: String
  ) throws {
    guard let saved,
      var old = try? JSONDecoder().decode(
        TrainingConfiguration.self, from: Data(saved.utf8))
    else { throw FileError(path, "does not hold the settings it was trained with") }
    let differences = old.networkDifferences(from: configuration)
    guard differences.isEmpty else {
      throw FileError(
        path, "was trained with another network: \(differences.joined(separator: "; "))")
    }
    old.length = configuration.length
    old.earlyStop = configuration.earlyStop
    guard old == configuration else {
      throw FileError(
        path, "was trained with other settings; only its length and its early stop may change")
    }
  }
}
