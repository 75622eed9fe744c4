import Foundation
import JointVAE
import JointVAEData
import JointVAEFiles
import JointVAEImages
import JointVAEKernels
import JointVAEReport
import TestSupport
import Testing

@Suite("A report's contents") struct ContentsTests {
  private func curves(_ text: String, _ body: (MetricsCurves, String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/metrics.csv"
      try Data(text.utf8).write(to: URL(filePath: path))
      try body(try MetricsCurves(contentsOf: path), path)
    }
  }

  @Test("are the columns of metrics.csv, without what is no number")
  func columns() throws {
    try curves("step,loss,kl_z\n1,9.5,nan\n50,4,\n100,3.5,2\n") { curves, _ in
      #expect(curves.steps == [1, 50, 100])
      #expect(curves.points("loss").map(\.y) == [9.5, 4, 3.5])
      #expect(curves.points("kl_z") == [Chart.Point(x: 100, y: 2)])
      #expect(curves.points("other").isEmpty)
      #expect(curves.last("loss") == 3.5)
      #expect(curves.problems.isEmpty)
    }
  }

  @Test("leave out a last line that was cut off, and say so")
  func tornLine() throws {
    try curves("step,loss\n1,9.5\n2,9\n3,8.1234") { curves, path in
      #expect(curves.points("loss").map(\.y) == [9.5, 9])
      #expect(curves.problems == ["\(path): the last line is cut off and was left out"])
    }
  }

  @Test("leave out damaged lines and steps that go back, and name the first")
  func damagedLines() throws {
    try curves("step,loss\n1,9\n2\n3,8\n2,7\nx,6\n4,5,5\n1e400,5\n9,1e300\n") { curves, path in
      #expect(curves.steps == [1, 3, 9])
      #expect(curves.points("loss").map(\.y) == [9, 8])
      #expect(
        curves.problems == [
          "\(path): 5 lines cannot be read and were left out, the first being line 3"
        ])
    }
  }

  @Test(
    "are no curves of a file that is none",
    arguments: [
      ("", "holds no whole line; expected a header and rows of numbers"),
      ("step,loss", "holds no whole line; expected a header and rows of numbers"),
      ("a,b\n1,2\n", "has no column \"step\"; expected a file that train wrote"),
      (
        "step,loss\n", "has no whole row of numbers; train writes one after its first step"
      ),
    ])
  func noCurves(text: String, problem: String) throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/metrics.csv"
      try Data(text.utf8).write(to: URL(filePath: path))
      #expect(throws: FileError(path, problem)) { try MetricsCurves(contentsOf: path) }
      try Data([0xFF, 0xFE, 10]).write(to: URL(filePath: path))
      #expect(throws: FileError(path, "is no UTF-8 text; expected a CSV file")) {
        try MetricsCurves(contentsOf: path)
      }
    }
  }

  @Test("thin long curves evenly and keep both ends")
  func thinned() throws {
    let rows = (1...5000).map { "\($0),\($0 * 2)\n" }.joined()
    try curves("step,loss\n" + rows) { curves, _ in
      let points = curves.points("loss", limit: 100)
      #expect(points.count == 100)
      #expect(points.first == Chart.Point(x: 1, y: 2))
      #expect(points.last == Chart.Point(x: 5000, y: 10_000))
      let gaps = zip(points, points.dropFirst()).map { $1.x - $0.x }
      #expect(gaps.allSatisfy { (50...51).contains($0) })
    }
  }

  @Test("survive random damage to metrics.csv")
  func fuzz() throws {
    let whole = Array(
      ("step,loss,kl_z\n" + (1...20).map { "\($0),\(100 - $0),0.\($0)\n" }.joined()).utf8)
    var random = RandomSequence(state: Fuzzing.environment.seed(11))
    try withTemporaryFolder { folder in
      let path = "\(folder)/metrics.csv"
      _ = try Fuzzing.environment.rounds(300) {
        var bytes = whole
        for _ in 0...Int.random(in: 0..<4, using: &random) {
          bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(
            in: 0...255, using: &random)
        }
        bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random)))
        try Data(bytes).write(to: URL(filePath: path))
        guard let curves = try? MetricsCurves(contentsOf: path) else { return }
        #expect(zip(curves.steps, curves.steps.dropFirst()).allSatisfy { $0 < $1 })
        let points = curves.columns.flatMap { curves.points($0) }
        #expect(points.allSatisfy { $0.x.isFinite && $0.y.isFinite })
        let chart = Chart(
          title: "", summary: "", vertical: Chart.Axis("", allowsLogarithm: true),
          curves: [Chart.Curve(name: "", style: .muted, points: curves.points("loss"))])
        #expect(!chart.figure(fileName: "").markup.contains("nan"))
      }
    }
  }

  @Test("keep every so manieth frame of a long animation, for as long as before")
  func shorterAnimation() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/long.gif"
      var random = RandomSequence(state: 5)
      let frames = (0..<40).map { _ in
        Image(
          width: 24, height: 24, channels: 1,
          pixels: (0..<576).map { _ in UInt8.random(in: 0...255, using: &random) })
      }
      var animation = Animation(frames, delay: 6)
      animation.frames[39].delay = 150
      try animation.writeGIF(to: path)
      let bytes = try BoundedFile.read(path, limit: 1 << 24)
      let whole = try ReportPicture.animation(path, budget: bytes.count)
      #expect(whole.bytes == bytes)
      #expect(whole.remark == nil)
      #expect((whole.width, whole.height) == (24, 24))

      let shorter = try ReportPicture.animation(path, budget: bytes.count / 2)
      #expect(shorter.bytes.count <= bytes.count / 2)
      #expect(shorter.remark?.contains(path) == true)
      let kept = try Animation(gif: shorter.bytes, name: "kept")
      #expect(kept.frames.reduce(0) { $0 + $1.delay } == 39 * 6 + 150)
      #expect(kept.frames.last?.image == frames.last)

      let error = #expect(throws: ReportPicture.NoRoom.self) {
        try ReportPicture.animation(path, budget: 100)
      }
      #expect(
        error?.description.hasSuffix(
          "and the report has room for 100; show fewer runs at once, or open it there") == true)
      try Data(bytes.prefix(bytes.count / 2)).write(to: URL(filePath: path))
      #expect(throws: FileError.self) {
        try ReportPicture.animation(path, budget: bytes.count)
      }
    }
  }

  @Test("show originals of all kinds, whether a set is sorted by class or takes them in turn")
  func spread() {
    #expect(KeyFigure.spread(8, over: 32).compactMap { $0 } == [0, 5, 10, 15, 20, 25, 30, 3])
    #expect(KeyFigure.spread(4, over: 3) == [0, 1, 2, nil])
    #expect(KeyFigure.spread(2, over: 1) == [0, nil])
    for total in 1...40 {
      for count in 1...12 {
        let places = KeyFigure.spread(count, over: total).compactMap { $0 }
        #expect(Set(places).count == min(count, total), "\(count) of \(total)")
        #expect(places.allSatisfy((0..<total).contains))
      }
    }
  }
}
