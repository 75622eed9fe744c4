import JointVAEDownload
import TestSupport

extension LocalServer {
  /// The file from `mirrors`.
  static func download(_ mirrors: [String], byteCount: Int? = LocalServer.length) -> Download {
    let digest = Checksum.sha256("").digest(of: content())
    return Download(mirrors: mirrors, byteCount: byteCount, checksum: .sha256(digest))
  }

  /// Short pauses, so that tests are quick.
  static let hasty = DownloadPolicy(
    answerTimeout: 20, stallTimeout: 0.4, attempts: 3, firstPause: 0.01, redirects: 4)
}
