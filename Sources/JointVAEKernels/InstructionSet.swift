import CTiles

/// The vector instructions the tiles are compiled for.
///
/// All sets with a fused multiply-add compute the same bits; `baseline` rounds twice and differs in the last ones.
public struct InstructionSet: @unchecked Sendable, Hashable, CustomStringConvertible {
  // The table is a C constant: immutable, and there for as long as the program runs.
  package let tiles: UnsafePointer<CTiles>

  /// The set called `name`; nil when this processor or this build has none of that name.
  public init?(named name: String) {
    guard let tiles = ctiles_named(name) else { return nil }
    self.tiles = tiles
  }

  /// Names of all sets this package has tiles for, the fastest first.
  public static let allNames = ["avx512", "avx2", "neon", "baseline"]

  /// The sets this processor has, the fastest first; `baseline` is always among them.
  public static var available: [InstructionSet] { allNames.compactMap(InstructionSet.init(named:)) }

  /// The fastest set this processor has.
  public static var fastest: InstructionSet {
    guard let first = available.first else {
      preconditionFailure("ctiles_named knows no baseline")
    }
    return first
  }

  /// Whether a product and a sum are rounded once, together.
  public var isFused: Bool { tiles.pointee.isFused != 0 }

  /// Such as `avx512`.
  public var description: String { String(cString: tiles.pointee.name) }
}
