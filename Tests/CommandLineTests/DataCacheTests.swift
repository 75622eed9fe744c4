import Foundation
import JointVAEImages
import TestSupport
import Testing

/// The cache of prepared images, as users of the program meet it.
struct DataCacheTests {
  /// A program with a cache of its own in `folder`, beside a folder of images.
  private func program(in folder: String) throws -> Program {
    try PackedImages().writeFolder("\(folder)/photos")
    var program = Program(in: folder)
    program.environment = ["XDG_CACHE_HOME": "\(folder)/cache"]
    return program
  }

  @Test("data cache lists what is kept, --clear removes it")
  func listAndClear() throws {
    try withTemporaryFolder { folder in
      let program = try program(in: folder)
      let place = "\(folder)/cache/jointvae/prepared"
      #expect(
        try program.run("data", "cache").standardOutput == "\(place) holds no prepared images\n")
      for size in ["16", "32"] {
        _ = try program.run(
          TrainTests.call(
            "train ./photos --steps 1 --out run\(size) --image-size \(size) --batch-size 8"))
      }
      let names = try fileNames(in: place)
      #expect(names.count == 2)
      let list = try program.run("data", "cache")
      let lines = list.standardOutput.split(separator: "\n").map(String.init)
      #expect(lines.count == 4 && lines[0] == place)
      #expect(lines[1...2].allSatisfy { $0.hasPrefix("./photos  all  24 images  ") })
      #expect(lines[1...2].contains { $0.contains("  16x16x1  0.0 MB") })
      #expect(lines[1...2].contains { $0.contains("  32x32x1  0.0 MB") })
      #expect(lines[3] == "0.0 MB in all")
      #expect(list.exitCode == 0 && list.standardError == "")
      let cleared = try program.run("data", "cache", "--clear")
      #expect(cleared.standardOutput == "removed 2 files of 0.0 MB from \(place)\n")
      #expect(try fileNames(in: place) == [])
    }
  }

  @Test("data cache removes what killed builds left, counts damaged files, and says both")
  func leftovers() throws {
    try withTemporaryFolder { folder in
      let program = try program(in: folder)
      let place = "\(folder)/cache/jointvae/prepared"
      _ = try program.run("data", "show", "./photos")
      let name = try #require(try fileNames(in: place).first)
      for number in 0..<2 {
        try Data(count: 1_000_000).write(to: URL(filePath: "\(place)/\(name).\(number).partial"))
      }
      try Data(count: 2_000_000).write(to: URL(filePath: "\(place)/x.prepared"))
      let list = try program.run("data", "cache").standardOutput
      #expect(list.contains("\ndamaged or of another version       1 file "))
      #expect(list.contains("\n2.0 MB in all\n"))
      #expect(
        list.hasSuffix("\nremoved 2 files of 2.0 MB that a killed process had left half written\n"))
      #expect(try fileNames(in: place) == [name, "x.prepared"].sorted())
      #expect(!(try program.run("data", "cache").standardOutput.contains("removed")))
    }
  }

  @Test("A build that is killed leaves nothing behind once another one has begun")
  func killed() throws {
    try withTemporaryFolder { folder in
      let program = try program(in: folder)
      let place = "\(folder)/cache/jointvae/prepared"
      try PackedImages(count: 2000, size: 64).writeFolder("\(folder)/photos")
      let call = TrainTests.call("data show ./photos --image-size 32")
      let running = try program.start(call)
      _ = running.wait {
        (try? fileNames(in: place))?.contains { $0.hasSuffix(".partial") } == true
      }
      running.send(SIGKILL)
      _ = running.waitForEnd()
      #expect(try program.run(TrainTests.call("data show ./photos --image-size 16")).exitCode == 0)
      #expect(try fileNames(in: place).allSatisfy { $0.hasSuffix(".prepared") })
    }
  }

  @Test("Without a folder for caches data cache says what to set, and training goes on without")
  func noPlace() throws {
    try withTemporaryFolder { folder in
      var program = try program(in: folder)
      program.environment = [:]
      try program.fails(
        "data cache",
        "cache: is nowhere: none of XDG_CACHE_HOME and HOME is set; set one of them")
      #expect(try program.run("data", "show", "./photos").exitCode == 0)
    }
  }

  @Test("The second start prints what the first did")
  func second() throws {
    try withTemporaryFolder { folder in
      let program = try program(in: folder)
      let calls = TrainTests.call("data show ./photos --image-size 16 -o sheet.png")
      let first = try program.run(calls)
      let sheet = try Data(contentsOf: URL(filePath: "\(folder)/sheet.png"))
      let second = try program.run(calls)
      #expect(first.exitCode == 0 && second.standardOutput == first.standardOutput)
      #expect(try Data(contentsOf: URL(filePath: "\(folder)/sheet.png")) == sheet)
      #expect(
        first.standardOutput == """
          data set      ./photos
          part          all
          from          ./photos
          images        24
          shape         16x16x1
          in the files  16x16
          image size    --image-size 16 keeps every pixel
          polarity      light on dark
          classes       2
            a           12
            b           12

          """)
    }
  }

  @Test("Two programs that prepare the same images at once both get them")
  func atOnce() throws {
    try withTemporaryFolder { folder in
      let program = try program(in: folder)
      try PackedImages(count: 400, size: 64).writeFolder("\(folder)/photos")
      let running = try (0..<4).map {
        try program.start(TrainTests.call("data show ./photos --image-size 32 -o \($0).png"))
      }
      let outputs = running.map { $0.waitForEnd() }
      for output in outputs {
        #expect(output.exitCode == 0 && output.standardOutput == outputs[0].standardOutput)
      }
      let sheets = try (0..<4).map { try Data(contentsOf: URL(filePath: "\(folder)/\($0).png")) }
      #expect(Set(sheets).count == 1)
      #expect(try fileNames(in: "\(folder)/cache/jointvae/prepared").count == 1)
    }
  }

  @Test(
    "A cache that cannot be written is said, and the images are there all the same",
    .disabled(if: Sanitizer.isOn, "a sanitizer has large files of its own"))
  func unwritable() throws {
    try withTemporaryFolder { folder in
      var program = try program(in: folder)
      // 24 images of 64x64 take 96 KiB, more than 10 blocks of 512 or 1024 bytes.
      let full = try program.shell(
        "trap '' XFSZ; ulimit -f 10; jointvae data show ./photos --image-size 64")
      #expect(full.exitCode == 0, "\(full.standardError)")
      #expect(full.standardOutput.contains("\nimages        24\n"))
      #expect(full.standardOutput.contains("\nThe prepared images were not kept: "))
      #expect(full.standardOutput.hasSuffix(": cannot be written: File too large.\n"))
      #expect(try fileNames(in: "\(folder)/cache/jointvae/prepared") == [])

      try Data("x".utf8).write(to: URL(filePath: "\(folder)/file"))
      program.environment = ["XDG_CACHE_HOME": "\(folder)/file"]
      let call = "train ./photos --steps 1 --out run --image-size 16 --batch-size 8"
      let trained = try program.run(TrainTests.call(call))
      #expect(trained.exitCode == 0)
      #expect(
        trained.standardError.contains(
          "\nThe prepared images were not kept: \(folder)/file/jointvae/prepared: cannot be made.\n"
        ))
    }
  }
}
