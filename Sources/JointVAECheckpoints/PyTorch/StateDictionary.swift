import JointVAEFiles

/// A model's tensors within a checkpoint: the whole of it, or one of its dictionaries, as training loops write them
/// beside the epoch, the loss and the optimizer's state.
struct StateDictionary {
  /// The tensors by name, in the file's order.
  var tensors: [(name: String, view: TensorView)]

  /// What training loops call the model's tensors, the likeliest first.
  private static let usualNames = [
    "state_dict", "model_state_dict", "model_state", "model", "module", "net", "network", "vae",
    "weights", "params", "net_state_dict", "vae_state_dict",
  ]

  /// Dictionaries inside one another that are looked into.
  private static let depth = 4

  private static let advice =
    "save them alone in Python with torch.save(model.state_dict(), \"model.pt\")"

  /// The one dictionary of tensors in `pickle`, or that of the likeliest name.
  ///
  /// - Throws: `MalformedData` that says what to do when there is none, or more than one.
  init(of pickle: Pickle) throws {
    let dictionaries = Self.dictionariesOfTensors(pickle)
    func hasTensors(_ value: PickleValue) -> Bool {
      if case .object(let index) = value { dictionaries.contains(index) } else { false }
    }
    guard pickle.dictionary(pickle.root) != nil else {
      let found = pickle.kind(of: pickle.root)
      if case .other? = pickle.object(pickle.root) {
        throw MalformedData(
          "holds \(found), which is not made; expected a dictionary of tensors: \(Self.advice)")
      }
      throw MalformedData(
        "holds \(found); expected a dictionary of tensors, as model.state_dict() returns")
    }
    var (value, path) = (pickle.root, [String]())
    while true {
      let members = pickle.dictionary(value) ?? []
      if let tensors = try Self.tensors(members, pickle, hasTensors) {
        self.tensors = tensors
        return
      }
      guard path.count < Self.depth,
        let next = try Self.inner(members.filter { hasTensors($0.value) }, path)
      else {
        throw MalformedData(Self.complaint(members, pickle))
      }
      value = next.value
      path.append(next.name)
    }
  }

  /// The tensors of a dictionary, which may hold plain values, too; nil when it holds no tensor.
  private static func tensors(
    _ members: [(key: PickleValue, value: PickleValue)], _ pickle: Pickle,
    _ hasTensors: (PickleValue) -> Bool
  ) throws -> [(name: String, view: TensorView)]? {
    var names: Set<String> = []
    let tensors = try members.compactMap { key, value -> (name: String, view: TensorView)? in
      guard case .tensor(let view)? = pickle.object(value) else { return nil }
      guard case .string(let name) = key else {
        throw MalformedData("has \(pickle.kind(of: key)) among its names; expected strings")
      }
      guard names.insert(name).inserted else {
        throw MalformedData("has two tensors called \(name.quoted)")
      }
      return (name, view)
    }
    // A loss may be kept as a tensor beside the dictionaries that matter.
    let hasInner = members.contains { hasTensors($0.value) }
    return tensors.isEmpty && !members.isEmpty || hasInner ? nil : tensors
  }

  /// The dictionaries of named tensors, and those that have one inside, not too deep.
  ///
  /// Each pass looks at every member once, however often dictionaries are shared.
  private static func dictionariesOfTensors(_ pickle: Pickle) -> Set<Int> {
    var found: Set<Int> = []
    for _ in 0..<depth {
      for (index, object) in pickle.objects.enumerated() {
        guard case .dictionary(let members) = object else { continue }
        let holds = members.contains { key, value in
          guard case .string = key, case .object(let inner) = value else { return false }
          if case .tensor = pickle.objects[inner] { return true }
          return found.contains(inner)
        }
        if holds { found.insert(index) }
      }
    }
    return found
  }

  /// The one of `members`, which have tensors inside, that is the model's; nil when there is none.
  private static func inner(
    _ members: [(key: PickleValue, value: PickleValue)], _ path: [String]
  ) throws -> (name: String, value: PickleValue)? {
    let found = members.compactMap { key, value -> (name: String, value: PickleValue)? in
      guard case .string(let name) = key else { return nil }
      return (name, value)
    }
    for name in usualNames {
      if let usual = found.first(where: { $0.name == name }) { return usual }
    }
    guard found.count > 1 else { return found.first }
    let names = found.prefix(10).map(\.name.quoted).joined(separator: ", ")
    let place = (path + [found[0].name]).map { "[\($0.quoted)]" }.joined()
    throw MalformedData(
      "holds several dictionaries of tensors, \(names); expected one: save the model's alone in Python, "
        + "such as with torch.save(torch.load(path)\(place), \"model.pt\")")
  }

  private static func complaint(
    _ members: [(key: PickleValue, value: PickleValue)], _ pickle: Pickle
  ) -> String {
    guard let (key, value) = members.first else { return "holds no tensors; \(advice)" }
    guard case .string(let name) = key else {
      return "has \(pickle.kind(of: key)) among its names; expected strings"
    }
    return "holds \(pickle.kind(of: value)) under the name \(name.quoted); expected tensors, or a "
      + "dictionary of them called state_dict: \(advice)"
  }
}

extension [NamedTensor] {
  /// What PyTorch's wrappers and training frameworks put before the names of a model's tensors.
  private static let wrappers = [
    "module.", "model.", "_orig_mod.", "_forward_module.", "net.", "vae.",
  ]

  /// The tensors without the prefixes of wrappers that all of their names share.
  var withoutWrappers: [NamedTensor] {
    var tensors = self
    while let prefix = Self.wrappers.first(where: { prefix in
      !tensors.isEmpty
        && tensors.allSatisfy { $0.name.hasPrefix(prefix) && $0.name.count > prefix.count }
    }) {
      for index in tensors.indices { tensors[index].name.removeFirst(prefix.count) }
    }
    return tensors
  }
}
