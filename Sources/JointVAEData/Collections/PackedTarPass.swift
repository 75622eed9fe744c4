import JointVAEFiles

/// One way through a packed tar archive, in pieces of several members.
///
/// Unchecked, as the compiler cannot see that one thread at a time reads.
final class PackedTarPass: @unchecked Sendable {
  /// A member to read.
  struct Request {
    /// Its place among what the caller wants.
    var position: Int
    /// The first byte of its content in the unpacked archive.
    var start: Int
    /// Its length.
    var byteCount: Int
    /// Why it is not to be read, if so.
    var refusal: FileError?
  }

  /// A member that was read.
  struct Item: Sendable {
    /// Its place among what the caller wants.
    var position: Int
    /// Its content.
    var bytes: Result<[UInt8], FileError>
  }

  private var rest: ArraySlice<Request>
  private var input: PackedTarInput

  /// Reads `requests`, which are in the order of the archive.
  init(_ requests: [Request], _ input: PackedTarInput) {
    rest = requests[...]
    self.input = input
  }

  /// The next members, about a mebibyte of them but whole ones; none at the end.
  ///
  /// - Throws: `FileError` when the archive cannot be unpacked or ends early.
  func next() throws -> [Item] {
    var items: [Item] = []
    var byteCount = 0
    var last: (start: Int, bytes: Result<[UInt8], FileError>)?
    while let request = rest.first {
      let isRepeated = last?.start == request.start
      if byteCount >= 1 << 20 && !isRepeated { break }
      rest.removeFirst()
      if let refusal = request.refusal {
        items.append(Item(position: request.position, bytes: .failure(refusal)))
        continue
      }
      // An empty member begins where the next one's header does, and has nothing to read.
      guard request.byteCount > 0 else {
        items.append(Item(position: request.position, bytes: .success([])))
        continue
      }
      if !isRepeated {
        let bytes = try read(request)
        byteCount += bytes.count
        last = (request.start, .success(bytes))
      }
      if let last { items.append(Item(position: request.position, bytes: last.bytes)) }
    }
    return items
  }

  /// Gives up what is wanted at `position` and after.
  func drop(from position: Int) { rest = ArraySlice(rest.filter { $0.position < position }) }

  private func read(_ request: Request) throws -> [UInt8] {
    guard try input.skip(request.start - input.position) else {
      throw Self.becameShorter(input.path)
    }
    let bytes = try input.read(request.byteCount)
    guard bytes.count == request.byteCount else {
      throw Self.becameShorter(input.path)
    }
    return bytes
  }

  /// The error about an archive that was longer when it was listed.
  static func becameShorter(_ path: String) -> FileError {
    FileError(path, "became shorter while it was read; run this again")
  }
}
