/// A property that is known of every image of a data set, such as where its shape lies.
///
/// Scores of disentanglement compare what a model learned with these.
public struct KnownFactor: Hashable, Sendable {
  /// What a value counts.
  public enum Unit: String, Codable, Sendable {
    /// The number of a class, from 0.
    case classNumber
    /// Lengths as a share of the image's side: 0.5 is half of it.
    case imageSides
    /// Angles, counterclockwise on the screen.
    case radians
    /// Numbers without a unit: shares of a range, and how many times something is as large.
    case ratio
  }

  /// Its name, such as `rotation`.
  public var name: String
  /// The unit of its values.
  public var unit: Unit
  /// One value an image.
  public var values: [Double]

  /// A factor with one value an image.
  public init(name: String, unit: Unit, values: [Double]) {
    self.name = name
    self.unit = unit
    self.values = values
  }
}
