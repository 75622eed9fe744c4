import CLibrary
import Foundation

/// Threads that work beside a training.
enum BackgroundThread {
  /// Runs `body` on a thread of its own, which gives way to the training where processors are scarce.
  ///
  /// Signals go to the threads of the program that asked for them: Ctrl-C must not end the program here.
  static func start(_ body: @escaping @Sendable () -> Void) {
    var all = sigset_t()
    var previous = sigset_t()
    sigfillset(&all)
    // A thread begins with the mask of the one that makes it.
    pthread_sigmask(SIG_SETMASK, &all, &previous)
    let thread = Thread {
      // On Linux the number 0 stands for the calling thread alone.
      #if canImport(Glibc)
        setpriority(Int32(PRIO_PROCESS.rawValue), 0, 10)
      #elseif canImport(Musl)
        setpriority(PRIO_PROCESS, 0, 10)
      #endif
      body()
    }
    thread.stackSize = 8 << 20
    thread.start()
    pthread_sigmask(SIG_SETMASK, &previous, nil)
  }
}
