import JointVAECheckpoints

/// A model of ONNX, as far as this package writes it; `onnx.proto` calls it `ModelProto`.
struct ModelProto: Equatable {
  /// The version of the format.
  var formatVersion: Int
  /// The program that wrote it, and its version.
  var producer: String
  var producerVersion: String
  /// The version of the operators of each domain; the standard one's name is empty.
  var operatorSets: [OperatorSet]
  var graph: GraphProto
  /// Text by key.
  var metadata: [String: String]

  struct OperatorSet: Equatable {
    var domain = ""
    var version: Int
  }

  /// The version of the format that is written: that of ONNX 1.12, which programs of 2022 read.
  static let formatVersion = 8
  /// The version of the standard operators that is written.
  static let operatorVersion = 17
  static let producer = "jointvae"
}

/// What a model computes.
struct GraphProto: Equatable {
  var name: String
  /// In the order of computation.
  var nodes: [NodeProto] = []
  /// Constants: weights, biases and shapes.
  var initializers: [NamedTensor] = []
  var inputs: [ValueInfo] = []
  var outputs: [ValueInfo] = []
  /// What stands between the nodes.
  var values: [ValueInfo] = []
}

/// An operator with its inputs and outputs, by name.
struct NodeProto: Equatable {
  var name: String
  var operation: String
  var inputs: [String]
  var outputs: [String]
  var attributes: [Attribute] = []

  struct Attribute: Equatable {
    var name: String
    var value: Value
  }

  enum Value: Equatable {
    case integer(Int)
    case integers([Int])
    case float(Float)
  }
}

/// A tensor of 32-bit floating-point numbers that a graph takes, gives or passes on.
struct ValueInfo: Equatable {
  var name: String
  /// The lengths of the axes; nil for the one that counts the samples.
  var shape: [Int?]
  /// Whether it is an image, with values from 0 to 1.
  var isImage = false

  /// The name of the axis that counts the samples.
  static let batch = "batch"
  /// What the standard calls an image and its axes.
  static let imageDenotation = "IMAGE"
  static let imageAxes = ["DATA_BATCH", "DATA_CHANNEL", "DATA_FEATURE", "DATA_FEATURE"]
}

/// Numbers of the types in `onnx.proto`.
enum ElementType {
  static let float = 1
  static let int64 = 7
}

/// Numbers of the types of attributes in `onnx.proto`.
enum AttributeType {
  static let float = 1
  static let integer = 2
  static let integers = 7
}
