/// How far a download is.
public struct DownloadProgress: Hashable, Sendable {
  /// The bytes that are there, those of an earlier start included.
  public var byteCount: Int
  /// The bytes there will be; nil when neither the caller nor the server gives it.
  public var totalByteCount: Int?
  /// The speed since the server began to answer.
  public var bytesPerSecond: Double
  /// The mirror the bytes come from.
  public var mirror: String
}

/// Reports progress a few times a second.
struct ProgressMeter {
  private let start = ContinuousClock.now
  private var lastReport: ContinuousClock.Instant?
  private let firstByteCount: Int
  private let totalByteCount: Int?
  private let mirror: String
  private let report: (DownloadProgress) -> Void

  /// Starts to count when there are `byteCount` bytes.
  init(
    from byteCount: Int, of totalByteCount: Int?, mirror: String,
    _ report: @escaping (DownloadProgress) -> Void
  ) {
    firstByteCount = byteCount
    self.totalByteCount = totalByteCount
    self.mirror = mirror
    self.report = report
  }

  /// Reports that there are `byteCount` bytes, unless it was done just now; always at the end.
  mutating func update(_ byteCount: Int) {
    let now = ContinuousClock.now
    if let lastReport, now - lastReport < .milliseconds(100), byteCount != totalByteCount { return }
    lastReport = now
    let seconds = (now - start) / .seconds(1)
    report(
      DownloadProgress(
        byteCount: byteCount, totalByteCount: totalByteCount,
        bytesPerSecond: seconds > 0 ? Double(byteCount - firstByteCount) / seconds : 0,
        mirror: mirror))
  }
}
