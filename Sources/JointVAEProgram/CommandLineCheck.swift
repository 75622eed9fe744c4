import ArgumentParser

/// Whether calls are right, for tests of the texts that show them.
package enum CommandLineCheck {
  /// Parses what stands behind `jointvae`, and runs nothing.
  /// - Throws: what the program would end with.
  package static func parse(_ words: [String]) throws {
    try JointVAECommand.suggestCommand(words)
    _ = try JointVAECommand.parseAsRoot(words)
  }
}
