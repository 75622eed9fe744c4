/// The version of this package.
public enum PackageVersion {
  /// As `jointvae --version` prints it and `config.json` holds it.
  public static let current = "0.1.0"
}
