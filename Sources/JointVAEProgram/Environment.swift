import Foundation
import JointVAE
import JointVAEData
import JointVAERuns

/// Environment variables that the program itself reads.
enum Environment {
  /// What the program may use of the machine: `threads`, and the instruction set that `JOINTVAE_ISA` forces, such as
  /// `avx2`, for tests and comparisons.
  /// - Throws: `ConfigurationError` when this processor lacks the instructions.
  static func compute(threads: Int?) throws -> Compute {
    let variable = "JOINTVAE_ISA"
    let name = ProcessInfo.processInfo.environment[variable] ?? ""
    if name.isEmpty { return Compute(threads: threads) }
    guard let set = InstructionSet(named: name) else {
      let names = InstructionSet.available.map(\.description).joined(separator: ", ")
      throw ConfigurationError(
        variable, name, expected: "an instruction set of this processor: \(names)")
    }
    return Compute(threads: threads, instructionSet: set)
  }

  /// How long a rank waits for another one before it gives up: `JOINTVAE_PATIENCE` in seconds, or 10 minutes.
  /// - Throws: `ConfigurationError`.
  static func patience() throws -> Duration {
    let variable = "JOINTVAE_PATIENCE"
    let text = ProcessInfo.processInfo.environment[variable] ?? ""
    if text.isEmpty { return .seconds(600) }
    guard let seconds = Int(text), (1...86400).contains(seconds) else {
      throw ConfigurationError(variable, text, expected: "seconds, from 1 to 86400")
    }
    return .seconds(seconds)
  }

  /// The catalog of data sets, with the user's cache, that prints on standard error how far it is.
  ///
  /// - Parameters:
  ///   - printsRemarks: whether to print there, too, what a user should know of the images.
  ///   - isQuiet: whether to leave out how far it is.
  static func catalog(
    threads: Int? = nil, printsRemarks: Bool = false, isQuiet: Bool = false
  ) -> DataSetCatalog {
    var catalog = DataSetCatalog(cache: .standard(), threads: threads)
    if !isQuiet {
      let monitor = PreparationMonitor()
      catalog.progress = { monitor.show($0) }
    }
    if printsRemarks {
      catalog.loaded = { images in
        for remark in DataSetDescription(images).remarks { Terminal().write("\(remark)\n") }
      }
    }
    return catalog
  }
}
