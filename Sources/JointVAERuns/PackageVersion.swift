/// The version of this package.
package enum PackageVersion {
  /// As `jointvae --version` prints it and `config.json` holds it.
  package static let current = "1.0.0-rc.1"
}
