import Foundation
import JointVAEData
import JointVAEReports

/// Environment variables that the program itself reads.
enum Environment {
  /// `JOINTVAE_ISA` forces an instruction set, such as `avx2`: for tests and comparisons.
  static var instructionSet: String? { ProcessInfo.processInfo.environment["JOINTVAE_ISA"] }

  /// The catalog of data sets, with the user's cache, that tells on standard error how far it is.
  static func catalog(threads: Int? = nil) -> DataSetCatalog {
    let monitor = PreparationMonitor()
    return DataSetCatalog(
      cache: .standard(), threads: threads, progress: { monitor.show($0) })
  }
}
