import Foundation
import JointVAECluster
import TestSupport
import Testing

/// Jobs are real processes here, shell scripts, and ranks are threads.
@Suite("Jobs of ranks", .serialized)
struct JobFarmTests {
  /// What came of the jobs, and what was told on the way.
  private struct Record: Sendable {
    var outcomes: [Int: JobOutcome] = [:]
    var events: [String] = []
  }

  /// Does jobs on `ranks` ranks.
  ///
  /// - Parameter script: the job's own, with its number in `$JOB`, the rank in `$RANK`, and `say KIND JSON`.
  private func farm(
    _ jobs: Range<Int>, ranks: Int, slots: Int = 1, script: String,
    patience: Duration = .seconds(60), stopAfter: Int = .max,
    serve: @escaping @Sendable (LocalRanks, consuming JobHost) throws -> Void = {
      try JobFarm.serve($0, $1)
    }
  ) async throws -> Record {
    let results = await onRanks(ranks) { ranks in
      let rank = ranks.rank
      let host = JobHost(slots: slots) { job in
        JobCommand(
          executable: "/bin/sh",
          arguments: [
            "-c",
            "say() { printf '{\"kind\":\"%s\",\"body\":\"%s\"}\\n' \"$1\" \"$2\"; }\n" + script,
          ],
          environment: ["PATH": "/usr/bin:/bin", "JOB": "\(job)", "RANK": "\(rank)"])
      }
      guard rank == 0 else {
        try serve(ranks, host)
        return Record()
      }
      let farm = try JobFarm(ranks, host: host, patience: patience)
      var record = Record()
      var ended = 0
      record.outcomes = try farm.run(Array(jobs), isStopRequested: { ended >= stopAfter }) {
        event in
        switch event {
        case .begun(let job): record.events.append("begun \(job)")
        case .told(let job, let text):
          record.events.append("told \(job) \(try text.value(as: Int.self))")
        case .moved(let job, let reason): record.events.append("moved \(job): \(reason)")
        case .ended(let job, _):
          record.events.append("ended \(job)")
          ended += 1
        }
      }
      farm.close()
      return record
    }
    return try results[0].get()
  }

  private static func number(_ outcome: JobOutcome?) throws -> Int? {
    guard case .done(let text)? = outcome else { return nil }
    return try text.value(as: Int.self)
  }

  @Test("All jobs are done, each once, whatever the number of ranks", arguments: [1, 2, 5])
  func all(ranks: Int) async throws {
    let record = try await farm(
      0..<7, ranks: ranks, slots: 2, script: "say event $JOB; say result $((JOB * 10))")
    for job in 0..<7 {
      #expect(try Self.number(record.outcomes[job]) == job * 10)
      #expect(record.events.filter { $0 == "begun \(job)" }.count == 1)
      #expect(record.events.filter { $0 == "told \(job) \(job)" }.count == 1)
    }
  }

  @Test("More ranks than jobs are of no harm")
  func fewJobs() async throws {
    let record = try await farm(0..<1, ranks: 4, script: "say result 1")
    #expect(try Self.number(record.outcomes[0]) == 1)
    #expect(try await farm(0..<0, ranks: 3, script: "").outcomes.isEmpty)
  }

  @Test("A job that is killed, as for want of memory, goes on on another rank")
  func killed() async throws {
    try await withTemporaryFolder { folder in
      let record = try await farm(
        0..<4, ranks: 3,
        script: """
          if [ $JOB = 2 ] && [ ! -e \(folder)/died ]; then echo $RANK > \(folder)/died; kill -9 $$; fi
          [ $JOB != 2 ] || echo $RANK > \(folder)/done
          say result $JOB
          """)
      for job in 0..<4 { #expect(try Self.number(record.outcomes[job]) == job) }
      let moves = record.events.filter { $0.hasPrefix("moved") }
      let rank = try String(contentsOfFile: "\(folder)/died", encoding: .utf8)
        .trimmingCharacters(in: .whitespacesAndNewlines)
      #expect(
        moves == [
          "moved 2: its process was killed by signal 9, perhaps for want of memory on rank \(rank)"
        ])
      #expect(try String(contentsOfFile: "\(folder)/done", encoding: .utf8) != "\(rank)\n")
    }
  }

  @Test("A job that dies twice is given up, and the others are done")
  func givenUp() async throws {
    let record = try await farm(
      0..<3, ranks: 2, script: "[ $JOB != 1 ] || exit 3; say result $JOB")
    guard case .lost(let reason) = record.outcomes[1] else {
      Issue.record("\(record.outcomes)")
      return
    }
    #expect(reason.contains("its process ended with exit code 3 on rank 0"))
    #expect(reason.contains("its process ended with exit code 3 on rank 1"))
    #expect(try Self.number(record.outcomes[0]) == 0)
    #expect(try Self.number(record.outcomes[2]) == 2)
  }

  @Test("A job that fails by itself is not tried again")
  func failed() async throws {
    let record = try await farm(
      0..<2, ranks: 2,
      script: #"[ $JOB = 0 ] || say failure '\"no images\"'; say result 1"#
        .replacing("; say result 1", with: "; [ $JOB = 1 ] || say result 1"))
    #expect(record.outcomes[1] == .failed("no images"))
    #expect(try Self.number(record.outcomes[0]) == 1)
    #expect(!record.events.contains { $0.hasPrefix("moved") })
  }

  @Test("A stop begins no more jobs, and asks those that run to stop")
  func stopped() async throws {
    let record = try await farm(
      0..<6, ranks: 2,
      script: "[ $JOB != 0 ] || { say result 0; exit; }; trap 'exit 0' TERM; sleep 60 & wait",
      stopAfter: 1)
    #expect(try Self.number(record.outcomes[0]) == 0)
    for job in 1..<6 { #expect(record.outcomes[job] == .notRun) }
    #expect(record.events.filter { $0.hasPrefix("begun") }.count < 6)
  }

  @Test("The jobs of a rank that hangs go on elsewhere")
  func hanging() async throws {
    let record = try await farm(
      0..<3, ranks: 2, script: "say result $JOB", patience: .seconds(2)
    ) { ranks, _ in
      // It says hello, takes a job, and is not heard of any more.
      try ranks.send(Array(#"{"hello":{"slots":1}}"#.utf8), to: 0, tag: .report)
    }
    for job in 0..<3 { #expect(try Self.number(record.outcomes[job]) == job) }
    #expect(
      record.events.filter { $0.hasPrefix("moved") }.map { $0.drop { $0 != ":" } }
        == [": rank 1 has not been heard of for 2 seconds"])
  }
}
