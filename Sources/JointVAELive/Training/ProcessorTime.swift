import CLibrary

/// Seconds that processors have computed: unlike those of a clock, they do not pass while other programs compute.
enum ProcessorTime {
  /// Those of the calling thread.
  static var ofThread: Double { seconds(CLOCK_THREAD_CPUTIME_ID) }
  /// Those of all threads of the program.
  static var ofProgram: Double { seconds(CLOCK_PROCESS_CPUTIME_ID) }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
