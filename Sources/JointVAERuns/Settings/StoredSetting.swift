import JointVAE

/// A setting's place in config.json: how it is written there and read.
struct StoredSetting: Sendable {
  /// A key of config.json.
  struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  typealias Reader = KeyedDecodingContainer<Key>
  typealias Writer = KeyedEncodingContainer<Key>

  let read: @Sendable (Reader, inout RunConfiguration) throws -> Void
  let write: @Sendable (RunConfiguration, inout Writer) throws -> Void

  /// A value that every config.json has.
  static func value<Value: Codable & SendableMetatype>(
    _ key: String, _ place: WritableKeyPath<RunConfiguration, Value> & Sendable
  ) -> StoredSetting {
    StoredSetting(
      read: { $1[keyPath: place] = try $0.decode(Value.self, forKey: Key(key)) },
      write: { try $1.encode($0[keyPath: place], forKey: Key(key)) })
  }

  /// A value that is left out where there is none.
  static func optional<Value: Codable & SendableMetatype>(
    _ key: String, _ place: WritableKeyPath<RunConfiguration, Value?> & Sendable
  ) -> StoredSetting {
    StoredSetting(
      read: { $1[keyPath: place] = try $0.decodeIfPresent(Value.self, forKey: Key(key)) },
      write: { try $1.encodeIfPresent($0[keyPath: place], forKey: Key(key)) })
  }

  /// A value in another form than it has in memory.
  static func converted<Value: Sendable, Stored: Codable & SendableMetatype>(
    _ key: String, _ place: WritableKeyPath<RunConfiguration, Value> & Sendable,
    read: @escaping @Sendable (Stored) throws -> Value,
    write: @escaping @Sendable (Value) -> Stored
  ) -> StoredSetting {
    StoredSetting(
      read: { $1[keyPath: place] = try read($0.decode(Stored.self, forKey: Key(key))) },
      write: { try $1.encode(write($0[keyPath: place]), forKey: Key(key)) })
  }
}

/// The optimizer as config.json holds it.
struct StoredOptimizer: Codable, Sendable {
  private var name: String
  private var learningRate: Double
  private var beta1: Double?
  private var beta2: Double?
  private var epsilon: Double?
  private var momentum: Double?

  init(_ optimizer: Optimizer) {
    learningRate = optimizer.learningRate
    switch optimizer {
    case .adam(_, let beta1, let beta2, let epsilon):
      name = "adam"
      (self.beta1, self.beta2, self.epsilon) = (beta1, beta2, epsilon)
    case .sgd(_, let momentum):
      name = "sgd"
      self.momentum = momentum
    }
  }

  func optimizer() throws -> Optimizer {
    switch (name, beta1, beta2, epsilon, momentum) {
    case ("adam", let beta1?, let beta2?, let epsilon?, nil):
      return .adam(learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon)
    case ("sgd", nil, nil, nil, let momentum?):
      return .sgd(learningRate: learningRate, momentum: momentum)
    default:
      throw ConfigurationError(
        "optimizer", name, expected: "adam with beta1, beta2 and epsilon, or sgd with momentum")
    }
  }
}
