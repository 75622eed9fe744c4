/// Something that a page cannot show, or that its reader should know.
public struct ReportRemark: Hashable, Sendable, CustomStringConvertible {
  /// A sentence that names the file.
  public let description: String
  /// Whether a file is there and cannot be read. What was never made is none.
  public let isDamage: Bool

  /// The remark `description`.
  init(_ description: String, isDamage: Bool) {
    self.description = description
    self.isDamage = isDamage
  }
}
