/// How long to wait, and how often to try.
public struct DownloadPolicy: Hashable, Sendable {
  /// Seconds until a server has to begin its answer.
  public var answerTimeout: Double
  /// Seconds without a byte after which a transfer is given up.
  public var stallTimeout: Double
  /// Seconds in which at least ``leastByteCount`` bytes have to come; otherwise a transfer is given up.
  public var slowTimeout: Double
  /// Bytes that have to come in every ``slowTimeout`` seconds.
  public var leastByteCount: Int
  /// How often a mirror may fail in a row without sending a byte, or too slowly.
  public var attempts: Int
  /// How often a mirror is asked in all, when each time it sends a little.
  public var mostAttempts: Int
  /// Seconds before the second attempt; doubled before each further one, up to 30.
  public var firstPause: Double
  /// How many redirects are followed.
  public var redirects: Int
  /// The most bytes of a file whose length is not known.
  public var largestByteCount: Int

  /// A patient policy; every value can be set.
  public init(
    answerTimeout: Double = 30, stallTimeout: Double = 30, slowTimeout: Double = 60,
    leastByteCount: Int = 60_000, attempts: Int = 4, mostAttempts: Int = 50, firstPause: Double = 1,
    redirects: Int = 8,
    largestByteCount: Int = 1 << 30
  ) {
    self.answerTimeout = answerTimeout
    self.stallTimeout = stallTimeout
    self.slowTimeout = slowTimeout
    self.leastByteCount = leastByteCount
    self.attempts = attempts
    self.mostAttempts = mostAttempts
    self.firstPause = firstPause
    self.redirects = redirects
    self.largestByteCount = largestByteCount
  }

  /// Seconds before the attempt after `failures` in a row.
  func pause(after failures: Int) -> Double {
    // Thirty doublings are far beyond the limit already.
    min(30, firstPause * Double(1 << min(max(failures - 1, 0), 30)))
  }
}
