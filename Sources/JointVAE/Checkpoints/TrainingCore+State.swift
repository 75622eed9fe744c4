import Foundation
import JointVAEFiles
import JointVAEKernels

/// What a file of a training's state holds, and how the training takes it up again.
extension TrainingCore {
  /// The tensors and metadata of the state as it is now.
  /// - Throws: `TrainingError.notFinite` when a weight or moment is not a number.
  func state() throws -> Safetensors {
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
    tensors += neighborTensors
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
    return Safetensors(tensors: tensors, metadata: metadata)
  }

  /// Takes up what `state` gave; `path` is for messages.
  func restore(_ file: Safetensors, step: Int, path: String) throws {
    for (prefix, buffer) in stateBuffers {
      let part = file.tensors.filter { $0.name.hasPrefix(prefix) }.map {
        NamedTensor(
          name: String($0.name.dropFirst(prefix.count)), shape: $0.shape, elements: $0.elements)
      }
      try engine.weights.loadChecked(part, named: "\(path) (\(prefix)...)", into: buffer)
    }
    try learnedLoss?.restore(from: file, path: path)
    try restoreNeighbors(from: file, step: step, path: path)
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

  private var stateBuffers: [(prefix: String, buffer: FloatBuffer)] {
    var buffers = [("model/", engine.weights.master), ("first/", optimizerState.first)]
    if optimizerState.second.count > 0 { buffers.append(("second/", optimizerState.second)) }
    return buffers
  }

  static let stateFormat = "jointvae-training-state-1"
  static let lossName = "loss"
  private static let sumsName = "epoch.sums"
  private static let descentName = "objective.descent"
}
