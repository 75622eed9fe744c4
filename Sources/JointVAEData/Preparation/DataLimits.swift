import CLibrary

/// How large things from outside may be.
enum DataLimits {
  /// The most pixels along a side of an image that is read.
  static let largestSide = 8192

  /// The bytes of this machine's memory.
  static var memorySize: Int {
    let (size, overflows) = sysconf(Int32(_SC_PHYS_PAGES)).multipliedReportingOverflow(
      by: sysconf(Int32(_SC_PAGESIZE)))
    return overflows || size <= 0 ? .max : size
  }

  /// The bytes of `count` images of `imageByteCount` each, when this machine's memory holds as
  /// many; nil otherwise.
  static func byteCount(_ count: Int, _ imageByteCount: Int) -> Int? {
    let (total, overflows) = count.multipliedReportingOverflow(by: imageByteCount)
    return overflows || total > memorySize ? nil : total
  }
}
