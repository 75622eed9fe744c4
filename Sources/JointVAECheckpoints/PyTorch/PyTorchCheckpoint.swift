import JointVAEFiles

/// The tensors of a PyTorch checkpoint: a file that `torch.save(model.state_dict(), path)` wrote, or one in which such a
/// dictionary stands beside the epoch, the loss and the optimizer's state.
///
/// Both of PyTorch's formats are read: the zip file of version 1.6 and later, and the stream of pickles before it.
/// A pickle is a program. Here it is followed by a machine that knows the instructions and names that dictionaries of
/// tensors and plain values need, and runs nothing. It passes over what other classes would make, and refuses names that
/// belong to programs, such as `os.system`.
public struct PyTorchCheckpoint: Equatable, Sendable {
  /// The tensors in the order of the dictionary.
  public var tensors: [NamedTensor]
  /// Texts by key that this package adds where tensors do not tell enough, which PyTorch passes over.
  public var metadata: [String: String] = [:]

  /// Tensors with different names.
  ///
  /// - Parameters:
  ///   - tensors: the tensors in the order of the dictionary.
  ///   - metadata: texts by key; a key has letters, digits and underscores only.
  public init(tensors: [NamedTensor], metadata: [String: String] = [:]) {
    self.tensors = tensors
    self.metadata = metadata
  }

  /// The tensor called `name`, if there is one.
  public subscript(name: String) -> NamedTensor? { tensors.first { $0.name == name } }

  /// The size in bytes up to which a file is read by default: 1 GiB.
  public static let sizeLimit = 1 << 30
}

extension PyTorchCheckpoint {
  /// Reads the file at `path`.
  ///
  /// Tensors of 16-bit numbers become ones of 32 bits, which hold each of their values; views and shared storages
  /// become tensors of their own, row-major.
  /// - Parameters:
  ///   - path: the file to read.
  ///   - sizeLimit: the size in bytes beyond which a file is refused unread.
  /// - Throws: `FileError` naming the file, what is wrong and what was expected.
  public init(contentsOf path: String, sizeLimit: Int = Self.sizeLimit) throws {
    try self.init(bytes: BoundedFile.read(path, limit: sizeLimit), named: path)
  }

  /// Reads the contents of a checkpoint that is in memory.
  /// - Parameters:
  ///   - bytes: the contents.
  ///   - path: what errors call it.
  /// - Throws: `FileError` naming `path`, what is wrong and what was expected.
  public init(bytes: [UInt8], named path: String) throws {
    do {
      if bytes.starts(with: Array("PK".utf8)) {
        let stored = try StoredTensors(zip: bytes)
        tensors = try stored.tensors()
        metadata = stored.metadata
      } else if bytes.first == PickleOpcode.protocol.rawValue {
        tensors = try StoredTensors(stream: bytes).tensors()
      } else {
        throw MalformedData(
          "is no PyTorch checkpoint: it starts neither as a zip file nor as a pickle")
      }
    } catch let error as MalformedData {
      throw FileError(path, error.problem)
    }
  }
}
