import JointVAEFiles

/// What a folder or an archive may ask of the machine before it is refused.
package struct CollectionLimits: Equatable, Sendable {
  /// The most files; of a folder, the most files and folders.
  package var memberCount: Int
  /// The most bytes of a file that is read. Larger ones may be there, but not be asked for.
  package var memberByteCount: Int
  /// The most bytes that a packed archive may unpack to.
  ///
  /// Members are unpacked one at a time, so this bounds time rather than memory: at zlib's pace,
  /// some ten minutes. Sets beyond it come in several archives or as folders.
  package var totalByteCount: Int
  /// The most folders inside one another.
  package var depth: Int

  /// Limits of one's own.
  package init(
    memberCount: Int = 5_000_000, memberByteCount: Int = 256 << 20,
    totalByteCount: Int = 256 << 30, depth: Int = 64
  ) {
    self.memberCount = memberCount
    self.memberByteCount = memberByteCount
    self.totalByteCount = totalByteCount
    self.depth = depth
  }

  /// 5,000,000 files of up to 256 MiB, 256 GiB unpacked, 64 folders deep.
  package static let standard = CollectionLimits()

  /// Deflate's densest code is 258 bytes for 2 bits: what claims to have been smaller lies.
  static let largestRatio = 1032

  /// Why a member of `byteCount` bytes is not read whole, if so.
  func refusal(byteCount: Int, of member: @autoclosure () -> String) -> FileError? {
    byteCount <= memberByteCount
      ? nil : FileError(member(), "holds \(byteCount) bytes; expected at most \(memberByteCount)")
  }

  /// Whether `packed` bytes cannot have become `unpacked`. Small members are not worth a word.
  static func isImpossible(packed: Int, unpacked: Int) -> Bool {
    let (bound, overflows) = packed.multipliedReportingOverflow(by: largestRatio)
    return unpacked > 1 << 20 && !overflows && unpacked > bound
  }
}
