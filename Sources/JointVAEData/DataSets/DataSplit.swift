/// The part of a data set that its makers set aside for a purpose.
public enum DataSplit: String, CaseIterable, Codable, Sendable {
  /// To learn from.
  case train
  /// To measure with, never to learn from.
  case test
}
