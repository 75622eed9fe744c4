/// Names of folders that say the settings of a run, in letters that every file system takes.
enum FolderName {
  /// The longest name of one run, below the limits of file systems.
  private static let lengthLimit = 100

  /// Whether `name` can be a folder's as it is.
  static func isSafe(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= lengthLimit && !name.hasPrefix(".")
      && !name.hasPrefix("-") && name.utf8.allSatisfy(isSafe)
  }

  /// A name for a run of `settings` under `name`, such as `small_discrete-4_loss-cauchy-0.5`; the same
  /// settings always give the same.
  static func of(_ name: String?, _ settings: [(name: String, text: String)]) -> String {
    let parts = [name].compactMap { $0 } + settings.map { "\($0.name)-\(safe($0.text))" }
    let whole = parts.joined(separator: "_")
    guard whole.utf8.count > lengthLimit else { return whole }
    // A checksum of all of it keeps long names apart.
    let exact = ([name ?? ""] + settings.map { "\($0.name)=\($0.text)" }).joined(separator: ";")
    return whole.prefix(lengthLimit - 17) + "_" + checksum(exact)
  }

  private static func isSafe(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
      UInt8(ascii: "_"):
      true
    default: false
    }
  }

  /// Each run of other letters as one dash; the slashes at the start of a path leave nothing.
  private static func safe(_ text: String) -> String {
    var name = ""
    for byte in text.utf8 {
      if isSafe(byte) {
        name.unicodeScalars.append(Unicode.Scalar(byte))
      } else if !name.hasSuffix("-") && !name.isEmpty {
        name += "-"
      }
    }
    return name.isEmpty ? checksum(text) : name
  }

  /// 16 hexadecimal digits of FNV-1a (Fowler, Noll and Vo), which keeps apart texts that differ by accident, not by malice.
  private static func checksum(_ text: String) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
