import ArgumentParser

@main
struct JointVAECommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "jointvae", abstract: "Train, measure and look at a JointVAE.")
}
