import Foundation
import JointVAEImages
import TestSupport
import Testing

/// Whole runs through the program; one after the other, since each uses all cores.
@Suite(.serialized)
struct TrainTests {
  /// A run of a second: 16x16 images, 25 steps an epoch.
  static let small =
    "--image-size 16 --limit 200 --batch-size 8 --continuous 2 --discrete 4 --threads 2"

  @Test("A run prints its result, writes its files, and is looked at with every other command")
  func endToEnd() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      let output = try program.run(Self.call("train shapes --epochs 2 --out run \(Self.small)"))
      #expect(output.exitCode == 0)
      let results = output.standardOutput.split(separator: "\n").map(String.init)
      #expect(results.count >= 7)
      #expect(results[0] == "run: finished after step 50")
      #expect(results[1].hasPrefix("epoch 2/2, "))
      #expect(results[2].hasPrefix("latents by what they carry: "))
      #expect(results[3].contains(" of 128 reconstructions "))
      #expect(
        results.suffix(4) == [
          "pictures: samples.png reconstructions.png traversals.png traversals.gif training.gif",
          "page: run/report.html",
          "look at it: jointvae explore run --open",
          "next: jointvae sample run, or jointvae evaluate run",
        ])
      let progress = output.standardError.split(separator: "\n").map(String.init)
      #expect(progress.count == 4)
      #expect(progress[0] == "shapes: 200 images of 16x16x1")
      #expect(progress[1] == "run: latents 2 + [4], recipe shapes, 2 epochs, from the start")
      #expect(progress[2].hasPrefix("epoch 1/2  step 25/50  "))
      #expect(progress[3].hasPrefix("epoch 2/2  step 50/50  "))
      #expect(!output.standardError.contains("\u{1B}"))
      try look(at: "run", with: program)
      try expectPictures(folder)
    }
  }

  @Test("Decays reach the run's settings, and are kept when it is resumed")
  func decays() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      let call =
        "train shapes --recipe pairs --steps 6 --learning-rate-decay 0.5@2-6 --pairs-decay 0@1-4 "
        + "--out run \(Self.small)"
      #expect(try program.run(Self.call(call)).exitCode == 0)
      let text = try #require(
        FileManager.default.contents(atPath: "\(folder)/run/config.json"))
      struct Configuration: Decodable {
        struct Ramp: Decodable, Equatable {
          var value: Double
          var start: Int
          var end: Int
        }
        struct Pairing: Decodable { var transformationDecay: Ramp? }
        var learningRateDecay: Ramp?
        var pairing: Pairing
      }
      let run = try JSONDecoder().decode(Configuration.self, from: text)
      #expect(run.learningRateDecay == .init(value: 0.5, start: 2, end: 6))
      #expect(run.pairing.transformationDecay == .init(value: 0, start: 1, end: 4))
      try program.fails(
        "train shapes --resume --steps 8 --learning-rate-decay none --out run",
        "run: was begun with learning rate decay 0.5@2-6, not none; leave that out, or begin another "
          + "run with another --out")
      let bad = try program.run(
        Self.call("train shapes --recipe pairs --pairs-decay 2@1-4 --out other"))
      #expect(bad.exitCode == 64)
      #expect(
        bad.standardError.contains("transformation decay is 2.0; expected a share from 0 to 1."))
    }
  }

  @Test("A balance too small to hold against certainty is pointed out before it does harm")
  func balanceWarning() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      func progress(_ balance: String, _ out: String) throws -> String {
        try program.run(
          Self.call(
            "train shapes --recipe pairs --steps 1 --balance \(balance) --out \(out) \(Self.small)")
        ).standardError
      }
      // gamma_c is 15 and the consistency 10.
      let low = try progress("35", "low")
      #expect(
        low.contains(
          "\nnote: all images may end in one category, as the balance's weight 35.0 is not above 35.0, "
            + "the weight of c's capacity and twice the consistency's; raise it with --balance\n"))
      let high = try progress("35.5", "high")
      #expect(!high.contains("note:"))
    }
  }

  @Test("A set too small for the recipe's neighbors is trained without them, and that is printed")
  func missingNeighbors() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      let call = "train shapes --recipe az-letters-pairs --steps 3 --image-size 16 --out "
      let few = try program.run(Self.call(call + "few --limit 10"))
      #expect(few.exitCode == 0)
      #expect(
        few.standardError.contains(
          "\nnote: no twins are neighbors, as the recipe's 10 neighbors of each image need from 11 to 200000 images\n"
        ))
      let enough = try program.run(Self.call(call + "enough --limit 11"))
      #expect(enough.exitCode == 0)
      #expect(!enough.standardError.contains("note:"))
      // Asked for by the user, they are not left out.
      let asked = try program.run(Self.call(call + "asked --limit 10 --neighbors 10@1"))
      #expect(asked.exitCode != 0)
      #expect(asked.standardError.contains("images to train on is 10; expected from 11 to 200000"))
    }
  }

  @Test(
    "A KL far above its capacity is a warning of the run and its page; above one that still grows it is none"
  )
  func missedCapacity() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      func warns(_ capacity: String, _ out: String) throws -> [Bool] {
        let output = try program.run(
          Self.call(
            "train shapes --recipe shapes --image-size 16 --limit 40 --batch-size 8 --steps 1400 --log-every 50 "
              + "--continuous-capacity \(capacity) --out \(out)"))
        #expect(output.exitCode == 0)
        let page = try String(contentsOfFile: "\(folder)/\(out)/report.html", encoding: .utf8)
        return [
          output.standardError.contains("has been more than 1 nat from its capacity, "),
          page.contains("has been more than 1 nat from its capacity in every logged row"),
        ]
      }
      let small = try warns("0,0.1,1,0", "small")
      #expect(small == [true, true])
      let growing = try warns("0,5000,1000000000,0", "growing")
      #expect(growing == [false, false])
    }
  }

  private func look(at run: String, with program: Program) throws {
    for call in [
      "sample \(run) -o samples.png --count 10 --columns 5 --category 3 --scale 2",
      "reconstruct \(run) shapes -o reconstructions.png --count 4 --limit 50 --scale 1",
      "traverse \(run) -o all.png --show-kl --scale 1", "traverse \(run) -o all.gif --scale 1",
      "traverse \(run) -o line.png --latent c0 --size 4 --scale 1",
      "traverse \(run) -o line.gif --latent z1 --scale 1",
      "traverse \(run) -o grid.png --grid z0,c0 --scale 1",
      "traverse \(run) -o prior.png --from-prior --scale 1",
      "traverse \(run) -o image.png --dataset shapes --limit 9 --image 8 --show-kl --scale 1",
      "traverse \(run)/model.safetensors -o file.png --scale 1",
      "data show shapes --limit 40 -o sheet.png",
    ] {
      let output = try program.run(Self.call(call))
      #expect(output.standardError == "", "\(call)")
      #expect(output.exitCode == 0, "\(call)")
    }
    let info = try program.run("info", run)
    #expect(info.standardOutput.contains("\nlatents        2 + [4]\n"))
    #expect(info.exitCode == 0)
  }

  private func expectPictures(_ folder: String) throws {
    func size(_ name: String) throws -> [Int] {
      let image = try Image(pngAt: "\(folder)/\(name)")
      return [image.width, image.height]
    }
    #expect(try size("samples.png") == [5 * 36 + 4, 2 * 36 + 4])
    #expect(try size("reconstructions.png") == [4 * 18 + 2, 2 * 18 + 2])
    #expect(try size("line.png") == [4 * 18 + 2, 18 + 2])
    #expect(try size("grid.png") == [4 * 18 + 2, 8 * 18 + 2])
    #expect(try size("prior.png") == [8 * 18 + 2, 3 * 18 + 2])
    #expect(try size("file.png") == [8 * 18 + 2, 3 * 18 + 2])
    #expect(try size("all.png")[1] == 3 * 18 + 2)
    #expect(try size("run/samples.png") == [8 * 18 + 2, 8 * 18 + 2])
    for (name, frames) in [
      ("all.gif", 40), ("line.gif", 40), ("run/traversals.gif", 40), ("run/training.gif", 2),
    ] {
      #expect(try Animation(gifAt: "\(folder)/\(name)").frames.count == frames, "\(name)")
    }
  }

  @Test("What does not fit the model is refused")
  func misfits() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      _ = try program.run(Self.call("train shapes --steps 1 --out run \(Self.small)"))
      for (call, sentence) in [
        ("sample run -o y.png --category 4", "c0 has no category 4; expected 0 to 3"),
        (
          "sample run -o y.png --category 1:0",
          "the model has no discrete variable c1; its latents are 2 + [4]"
        ),
        (
          "traverse run -o y.png --latent z2",
          "latent is z2; expected one of this model's: z0 z1 c0"
        ),
        (
          "traverse run -o y.png --grid z0,c1",
          "latent is c1; expected one of this model's: z0 z1 c0"
        ),
        (
          "traverse run/model.safetensors -o y.png --show-kl",
          "run/model.safetensors: does not hold the KL of its latents; measure them on a data set with --dataset NAME"
        ),
        (
          "traverse run -o y.png --dataset shapes --limit 5 --image 5",
          "image is 5; expected a number from 0 to 4"
        ),
        ("sample run -o none/y.png", "none/y.png: cannot be written: No such file or directory"),
        (
          "train --resume --out run --batch-size 16",
          "run: was begun with batch size 8, not 16; leave that out, or begin another run with another --out"
        ),
        (
          "train shapes --out run",
          "run: holds a run already; continue it with --resume, or choose another folder with --out"
        ),
      ] {
        let output = try program.run(Self.call(call))
        #expect(output.standardError == "Error: \(sentence)\n", "\(call)")
        #expect(output.exitCode == 1, "\(call)")
      }
      let left = try fileNames(in: folder)
      #expect(left == ["run"])
    }
  }

  @Test("A loss that is not finite stops the run by name and leaves the last checkpoint")
  func notFinite() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      let wild = "--optimizer sgd --learning-rate 1e30 --checkpoint-every 1"
      let output = try program.run(
        Self.call("train shapes --steps 60 --out run \(wild) \(Self.small)"))
      #expect(output.exitCode == 1)
      let error = try #require(output.standardError.split(separator: "\n").last)
      #expect(error.hasPrefix("Error: step "))
      #expect(error.contains(" holds a value that is not finite"))
      let files = try fileNames(in: "\(folder)/run/checkpoints")
      #expect(!files.contains { $0.hasSuffix(".partial") })

      let last = try program.run(
        Self.call("train shapes --steps 1 --out last \(wild) \(Self.small)"))
      #expect(last.exitCode == 1)
      #expect(
        last.standardError.hasSuffix(
          "Error: last: the model of step 1 gives a KL that is not finite; an earlier checkpoint "
            + "is kept. Try a lower learning rate or smaller capacity weights\n"))
      let left = try fileNames(in: "\(folder)/last/checkpoints")
      #expect(left == ["frames"])
    }
  }

  @Test("The same seed gives the same model with 1, 2 and 4 threads, another seed another")
  func threads() throws {
    try withTemporaryFolder { folder in
      let program = Program(in: folder)
      let small = Self.small.replacing("--threads 2", with: "")
      for threads in [1, 2, 4] {
        _ = try program.run(
          Self.call("train shapes --steps 9 --out run\(threads) --threads \(threads) \(small)"))
      }
      _ = try program.run(Self.call("train shapes --steps 9 --out other --seed 2 \(small)"))
      let model = try Self.model(folder, "run1")
      #expect(try Self.model(folder, "run2") == model)
      #expect(try Self.model(folder, "run4") == model)
      #expect(try Self.model(folder, "other") != model)
    }
  }

  @Test("A run without a whole epoch has no training.gif and does not name one")
  func noEpoch() throws {
    try withTemporaryFolder { folder in
      let output = try Program(in: folder).run(
        Self.call("train shapes --steps 1 --out run \(Self.small)"))
      #expect(
        output.standardOutput.contains(
          "\npictures: samples.png reconstructions.png traversals.png traversals.gif\n"))
      #expect(output.standardError.contains(", 1 step, from the start\n"))
    }
  }

  @Test(
    "MNIST is found under JOINTVAE_DATA or where --data says, and again on resuming elsewhere",
    .enabled(if: SharedFiles.data.has("mnist")))
  func mnist() throws {
    try withTemporaryFolder { folder in
      var program = Program(in: folder)
      let small = "--limit 100 --validation 20 --image-size 16 --batch-size 8"
      program.environment = ["JOINTVAE_DATA": SharedFiles.data.folder]
      let first = try program.run(Self.call("train mnist --steps 2 --out first \(small)"))
      #expect(first.standardError.contains("mnist: 80 images of 16x16x1, 20 held back\n"))
      #expect(first.exitCode == 0)

      program.environment = [:]
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/digits", withDestinationPath: SharedFiles.data.path("mnist"))
      _ = try program.run(
        Self.call("train mnist --data digits --steps 2 --out second \(small)"))
      #expect(try Self.model(folder, "first") == Self.model(folder, "second"))

      let elsewhere = "\(folder)/elsewhere"
      try FileManager.default.createDirectory(
        atPath: elsewhere, withIntermediateDirectories: true)
      let resumed = try Program(in: elsewhere).run(
        Self.call("train --resume --out ../second --steps 4"))
      #expect(resumed.exitCode == 0, "\(resumed.standardError)")

      let shown = try program.run(
        Self.call("data show mnist --data digits --split test -o sheet.png"))
      #expect(shown.standardOutput.contains("\nimages        10000\n"))
      #expect(shown.standardOutput.contains("\n  7           1028\n"))
    }
  }

  @Test("bench prints one JSON object")
  func bench() throws {
    try withTemporaryFolder { folder in
      let output = try Program(in: folder).run(
        Self.call("bench --json --image-size 16 --batch-size 8 --threads 2 --channels 3"))
      let object = try JSONSerialization.jsonObject(with: Data(output.standardOutput.utf8))
      let numbers = try #require(object as? [String: Any])
      #expect(numbers["threads"] as? Int == 2)
      #expect(numbers["batchSize"] as? Int == 8)
      #expect(numbers["imageSize"] as? Int == 16)
      #expect(numbers["channels"] as? Int == 3)
      #expect(numbers["instructionSet"] is String)
      let minimum = try #require(numbers["minimumMilliseconds"] as? Double)
      let median = try #require(numbers["medianMilliseconds"] as? Double)
      #expect(0 < minimum && minimum <= median)
      let rate = try #require(numbers["imagesPerSecond"] as? Double)
      #expect(abs(rate * median / 8000 - 1) < 1e-9)
      let share = try #require(numbers["shareOfPeak"] as? Double)
      #expect(0 < share && share < 1.5)
      #expect(numbers["gigaflops"] is Double)
      #expect(output.exitCode == 0)
    }
  }

  static func call(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }

  static func model(_ folder: String, _ run: String) throws -> Data {
    try Data(contentsOf: URL(filePath: "\(folder)/\(run)/model.safetensors"))
  }
}
