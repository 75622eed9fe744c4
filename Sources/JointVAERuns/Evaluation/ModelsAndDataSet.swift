import JointVAEData

/// Words of a command that name models, and after them perhaps a data set.
package struct ModelsAndDataSet: Hashable, Sendable {
  /// Paths of models.
  package let models: [String]
  /// The data set's name or path, when there is one.
  package let dataSet: String?

  /// The last of several words is a data set when it is the name of a known one, or no run and not
  /// called like a model.
  package init(_ words: [String]) {
    guard let last = words.last, words.count > 1, Self.isDataSet(last) else {
      models = words
      dataSet = nil
      return
    }
    models = Array(words.dropLast())
    dataSet = last
  }

  private static func isDataSet(_ word: String) -> Bool {
    if KnownDataSet.all.contains(where: { $0.name == word }) { return true }
    let name = word.lowercased()
    let isFile = [".safetensors", ".pt", ".pth", ".onnx"].contains(where: name.hasSuffix)
    return !isFile && !RunFolder(word).isRun
  }
}
