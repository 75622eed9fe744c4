import JointVAEFiles

/// The Python names a pickled state_dict of tensors refers to. There are no others: nothing is ever imported or called.
enum PickleGlobal: Equatable, CustomStringConvertible {
  /// `collections.OrderedDict`.
  case orderedDictionary
  /// `torch._utils._rebuild_tensor` and `_rebuild_tensor_v2`.
  case rebuildTensor
  /// `torch._utils._rebuild_parameter`.
  case rebuildParameter
  /// A storage class, such as `torch.FloatStorage`.
  case storage(StoredType)

  /// The meaning of the Python name `module.name`.
  /// - Throws: `MalformedData` naming it, when it is none of these.
  init(module: String, name: String) throws {
    let path = "\(module).\(name)"
    switch path {
    case "collections.OrderedDict": self = .orderedDictionary
    case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2": self = .rebuildTensor
    case "torch._utils._rebuild_parameter": self = .rebuildParameter
    default:
      if let type = StoredType.allCases.first(where: { path == "torch.\($0.storageClass)" }) {
        self = .storage(type)
      } else if module == "torch", name.hasSuffix("Storage") {
        let known = StoredType.allCases.map(\.storageClass).joined(separator: ", ")
        throw MalformedData("it holds a \(path.quoted); expected one of \(known)")
      } else {
        throw MalformedData(
          "it asks for \(path.quoted), which no state_dict of tensors needs and which is not run; "
            + "save the model with torch.save(model.state_dict(), path)")
      }
    }
  }

  var description: String {
    switch self {
    case .orderedDictionary: "OrderedDict"
    case .rebuildTensor: "_rebuild_tensor"
    case .rebuildParameter: "_rebuild_parameter"
    case .storage(let type): type.storageClass
    }
  }
}

extension StoredType {
  /// The name of its storage class in the Python module `torch`.
  var storageClass: String {
    switch self {
    case .float16: "HalfStorage"
    case .bfloat16: "BFloat16Storage"
    case .float32: "FloatStorage"
    case .float64: "DoubleStorage"
    case .int64: "LongStorage"
    case .uint8: "ByteStorage"
    }
  }
}
