import Foundation
import JointVAE
import JointVAEProgram
import TestSupport
import Testing

@Suite(.serialized)
struct StopSignalTests {
  @Test("A signal is held back until it is asked for", arguments: [SIGINT, SIGTERM, SIGHUP])
  func held(number: Int32) {
    // Threads of the system's pool block most signals anyway.
    let wasBlocked = isBlocked(number)
    let stop = StopSignal()
    #expect(stop.received == nil)
    // To this thread alone: others of the test program would die of it.
    pthread_kill(pthread_self(), number)
    #expect(stop.received == number)
    #expect(stop.received == number)
    stop.acceptAndRestore()
    #expect(stop.received == nil)
    #expect(isBlocked(number) == wasBlocked)
  }

  @Test("A signal stops a training, and is accepted at its end", arguments: [SIGINT, SIGTERM])
  func training(number: Int32) throws {
    let stop = StopSignal()
    let trainer = try Trainer(
      configuration: TrainingConfiguration(
        imageShape: ImageShape(size: 32, channels: 1),
        latents: LatentSpec(continuous: 2, discrete: [3])))
    #expect(stop.observe(.ending(.stopped), of: trainer) == .proceed)
    pthread_kill(pthread_self(), number)
    #expect(stop.observe(.ending(.stopped), of: trainer) == .stop)
    #expect(stop.received == nil)
    #expect(stop.request == number)
  }

  @Test("A signal that was asked for is taken, and the next one waits")
  func polled() {
    let stop = StopSignal()
    #expect(!stop.wasRequested())
    pthread_kill(pthread_self(), SIGTERM)
    #expect(stop.wasRequested() && stop.wasRequested())
    #expect(stop.received == nil && stop.request == SIGTERM)
    pthread_kill(pthread_self(), SIGINT)
    #expect(stop.received == SIGINT && stop.wasRequested())
    #expect(stop.request == SIGTERM)
  }

  @Test("Afterwards signals end the program again")
  func restored() throws {
    var mask = sigset_t()
    sigemptyset(&mask)
    var before = sigset_t()
    pthread_sigmask(SIG_SETMASK, &mask, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    do {
      let stop = StopSignal()
      #expect(isBlocked(SIGINT) && isBlocked(SIGTERM) && isBlocked(SIGHUP))
      #expect(stop.received == nil)
    }
    #expect(!isBlocked(SIGINT) && !isBlocked(SIGTERM) && !isBlocked(SIGHUP))
  }

  private func isBlocked(_ number: Int32) -> Bool {
    var mask = sigset_t()
    pthread_sigmask(SIG_BLOCK, nil, &mask)
    return sigismember(&mask, number) == 1
  }
}
