import Foundation
import JointVAE
import JointVAEFiles

/// All that is known of prepared images but their pixels, as the cache keeps it.
struct PreparedHeader: Codable, Sendable {
  /// What the images were made of, and how; others are not these.
  struct Key: Hashable, Codable, Sendable {
    /// Grows with every change of what the same files and settings come out as.
    var version = 3
    /// The data set's name or path as it was asked for.
    var dataSet: String
    /// The part wanted where there are parts.
    var split: DataSplit
    var preparation: ImagePreparation
    var labelColumn: String?
    /// The folder or file inside an archive; nil for all of it.
    var place: String?
    var source: SourceIdentity
  }

  /// A factor but its values, which lie before the header.
  struct Factor: Codable, Sendable {
    var name: String
    var unit: KnownFactor.Unit
  }

  var key: Key
  var name: String
  var part: String
  var origin: String
  var imageShape: ImageShape
  var count: Int
  var encoding: PixelStorage.Encoding
  var hasLabels: Bool
  var classNames: [String]
  var factors: [Factor]
  var report: PreparationReport
  /// CRC-32 of every `blockSize` bytes before the header.
  var checksums: [UInt32]

  /// Bytes that share a checksum.
  static let blockSize = 1 << 22
}
