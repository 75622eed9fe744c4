/// The tensors of a PyTorch checkpoint: a file that `torch.save(model.state_dict(), path)` wrote.
///
/// Both of PyTorch's formats are read: the zip file of version 1.6 and later, and the stream of pickles before it.
/// A pickle is a program. Here it is followed by a machine that knows the few instructions and names that a
/// dictionary of tensors needs, runs nothing, and refuses the rest by name.
public struct PyTorchCheckpoint: Equatable, Sendable {
  /// The tensors in the order of the dictionary.
  public var tensors: [NamedTensor]

  /// Tensors with different names.
  public init(tensors: [NamedTensor]) { self.tensors = tensors }

  /// The tensor called `name`, if there is one.
  public subscript(name: String) -> NamedTensor? { tensors.first { $0.name == name } }

  /// The size in bytes up to which a file is read unless told otherwise: 1 GiB.
  public static let sizeLimit = 1 << 30
}
