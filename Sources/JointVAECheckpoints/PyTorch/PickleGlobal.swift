import JointVAEFiles

/// The Python names a pickled checkpoint refers to. Nothing is ever imported or called: what a name other than the few
/// known ones would make is passed over.
enum PickleGlobal: Equatable, CustomStringConvertible {
  /// `collections.OrderedDict`.
  case orderedDictionary
  /// `torch._utils._rebuild_tensor` and `_rebuild_tensor_v2`.
  case rebuildTensor
  /// `torch._utils._rebuild_parameter` and `_rebuild_parameter_with_state`.
  case rebuildParameter
  /// A storage class, such as `torch.FloatStorage`.
  case storage(StoredType)
  /// A storage class whose numbers are passed over, with their width in bytes, such as `torch.IntStorage`.
  case skippedStorage(String, width: Int)
  /// A class or function that is passed over, such as `argparse.Namespace`.
  case other(String)

  /// The meaning of the Python name `module.name`.
  /// - Throws: `MalformedData` naming it, when it belongs to a program rather than to a checkpoint.
  init(module: String, name: String) throws {
    let path = "\(module).\(name)"
    switch path {
    case "collections.OrderedDict", "collections.defaultdict", "builtins.dict", "__builtin__.dict":
      self = .orderedDictionary
    case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2": self = .rebuildTensor
    case "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state":
      self = .rebuildParameter
    default:
      if let type = StoredType.allCases.first(where: { path == "torch.\($0.storageClass)" }) {
        self = .storage(type)
      } else if module == "torch", let width = Self.skippedWidths[name] {
        self = .skippedStorage(name, width: width)
      } else if Self.isOfPrograms(module, name) {
        throw MalformedData(
          "it asks for \(path.quoted), which no checkpoint of tensors needs and which is not run; do not "
            + "load it in Python, either")
      } else {
        self = .other(path)
      }
    }
  }

  /// Bytes of a number in storages that checkpoints hold beside a model's tensors.
  private static let skippedWidths = [
    "IntStorage": 4, "ShortStorage": 2, "CharStorage": 1, "BoolStorage": 1,
    "ComplexFloatStorage": 8, "ComplexDoubleStorage": 16,
  ]

  /// Whether a name is of what programs are made of. Hostile files ask for such names; training loops never do.
  private static func isOfPrograms(_ module: String, _ name: String) -> Bool {
    let harmless: Set<String> = [
      "set", "frozenset", "list", "tuple", "int", "float", "complex", "bool", "str", "bytes",
      "bytearray", "slice", "range", "object", "type", "getattr", "print",
    ]
    if ["builtins", "__builtin__"].contains(module) { return !harmless.contains(name) }
    let first = module.split(separator: ".").first.map(String.init) ?? module
    if first == "torch" {
      return name == "load" || ["torch.hub", "torch.utils.cpp_extension"].contains(module)
    }
    return [
      "os", "posix", "nt", "sys", "subprocess", "importlib", "runpy", "shutil", "socket", "ctypes",
      "pickle", "_pickle", "cPickle", "marshal", "code", "pty", "asyncio", "webbrowser", "commands",
      "popen2", "urllib", "urllib2", "requests", "http", "timeit", "pdb", "bdb", "cProfile",
      "profile", "tempfile", "platform", "multiprocessing", "threading", "signal",
    ].contains(first)
  }

  var description: String {
    switch self {
    case .orderedDictionary: "OrderedDict"
    case .rebuildTensor: "_rebuild_tensor"
    case .rebuildParameter: "_rebuild_parameter"
    case .storage(let type): type.storageClass
    case .skippedStorage(let name, _): name
    case .other(let path): path
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
