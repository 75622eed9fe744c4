import Foundation

/// Environment variables that the program itself reads.
enum Environment {
  /// `JOINTVAE_ISA` forces an instruction set, such as `avx2`: for tests and comparisons.
  static var instructionSet: String? { ProcessInfo.processInfo.environment["JOINTVAE_ISA"] }
}
