import Foundation
import JointVAE

/// Checks between two steps whether a signal asks the program to end (SIGINT, SIGTERM, SIGHUP).
///
/// The signals are blocked rather than handled: no code runs in the middle of a step and there is no shared state. Threads
/// started after this value inherit the blocking, so it is made before the trainer. A signal that the program was started
/// to ignore, as nohup does, stays ignored.
///
/// SIGPIPE waits as well: in `train ... 2>&1 | tee log` Ctrl-C ends tee first, and progress that goes unread must not end
/// a program that is about to write its checkpoint.
package final class StopSignal: TrainingObserver {
  private let previousMask: sigset_t
  private let numbers: [Int32]
  /// The signal that was taken off the list at the end of a training.
  private var accepted: Int32?

  /// Begins to hold the signals back.
  package init() {
    numbers = [SIGINT, SIGTERM, SIGHUP].filter { !Self.isIgnored($0) }
    var blocked = Self.set(of: numbers + [SIGPIPE])
    var previous = sigset_t()
    pthread_sigmask(SIG_BLOCK, &blocked, &previous)
    previousMask = previous
  }

  /// The number of the signal that has come in since, such as SIGINT.
  package var received: Int32? { numbers.first(where: Self.isPending) }

  /// The number of the signal that has asked for the end, whether or not it was accepted; nil for none.
  package var request: Int32? { accepted ?? received }

  /// Stops a training between two steps. At its end the signal is accepted, so that a second one ends the program at once:
  /// the files are written whole or not at all.
  package func observe(_ event: TrainingEvent, of trainer: Trainer) -> TrainingDirective {
    if case .ending = event, let received {
      accepted = accepted ?? received
      acceptAndRestore()
    }
    return request == nil ? .proceed : .stop
  }

  /// Whether a signal has asked for the end. It is taken off the list; further ones go on waiting.
  package func wasRequested() -> Bool {
    if let received {
      accepted = accepted ?? received
      Self.take(numbers)
    }
    return accepted != nil
  }

  /// An observer of trainings in threads that were started later.
  package var release: Release { Release(mask: maskOfEnd) }

  /// Lets a second signal end the program at once, from the end of a training that was stopped.
  package final class Release: TrainingObserver, Sendable {
    private let mask: sigset_t

    fileprivate init(mask: sigset_t) { self.mask = mask }

    /// Lets signals through in the thread of a training that was stopped.
    package func observe(_ event: TrainingEvent, of trainer: Trainer) -> TrainingDirective {
      if case .ending(.stopped) = event {
        var mask = mask
        pthread_sigmask(SIG_SETMASK, &mask, nil)
      }
      return .proceed
    }
  }

  /// Takes the signal that has come in off the list, and lets the next one end the program at once.
  package func acceptAndRestore() {
    if received != nil { Self.take(numbers) }
    var mask = maskOfEnd
    pthread_sigmask(SIG_SETMASK, &mask, nil)
  }

  /// That of the start, with SIGPIPE waiting on.
  private var maskOfEnd: sigset_t {
    var mask = previousMask
    sigaddset(&mask, SIGPIPE)
    return mask
  }

  deinit {
    if Self.isPending(SIGPIPE) { Self.take([SIGPIPE]) }
    var mask = previousMask
    pthread_sigmask(SIG_SETMASK, &mask, nil)
  }

  /// Takes one of the pending signals `numbers` off the list.
  private static func take(_ numbers: [Int32]) {
    var waited = set(of: numbers)
    var number: Int32 = 0
    sigwait(&waited, &number)
  }

  private static func isPending(_ number: Int32) -> Bool {
    var pending = sigset_t()
    return sigpending(&pending) == 0 && sigismember(&pending, number) == 1
  }

  private static func set(of numbers: [Int32]) -> sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for number in numbers { sigaddset(&set, number) }
    return set
  }

  /// A blocked signal waits even when it is ignored, so it must not be asked about.
  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    #if canImport(Darwin)
      let handler = action.__sigaction_u.__sa_handler
    #else
      let handler = action.__sigaction_handler.sa_handler
    #endif
    return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}
