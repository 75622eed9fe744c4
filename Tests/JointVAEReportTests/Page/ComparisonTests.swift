import Foundation
import JointVAEData
import JointVAEImages
import JointVAEKernels
import JointVAEReport
import JointVAERuns
import TestSupport
import Testing

@Suite("A comparison of runs") struct ComparisonTests {
  private typealias Fixtures = ReportFixtures

  /// A run of which nothing but its scores is there.
  private func run(
    _ folder: String, _ name: String, _ settings: [(String, String)], majority: Double,
    reconstruction: Double = 50, loss: String = "bce", images: Int = 100, isCollapsed: Bool = false
  ) throws -> ReportRun {
    let place = RunFolder("\(folder)/\(name)")
    try Fixtures.writeEvaluation(
      place, majority: majority, reconstruction: reconstruction, loss: loss, images: images,
      isCollapsed: isCollapsed)
    return ReportRun(
      name: name, folder: place, settings: settings.map { (name: $0.0, value: $0.1) })
  }

  @Test("takes runs that differ in their seed together, marks the best and names the collapsed")
  func groups() throws {
    try withTemporaryFolder { folder in
      let runs = [
        try run(
          folder, "a1", [("discrete", "4"), ("seed", "1")], majority: 0.5, reconstruction: 40),
        try run(
          folder, "b1", [("discrete", "8"), ("seed", "1")], majority: 0.9, reconstruction: 60),
        try run(
          folder, "a2", [("discrete", "4"), ("seed", "2")], majority: 0.7, reconstruction: 44),
        try run(
          folder, "b2", [("discrete", "8"), ("seed", "2")], majority: 0.8, reconstruction: 60,
          isCollapsed: true),
        ReportRun(
          name: "b3", folder: RunFolder("\(folder)/b3"),
          settings: [(name: "discrete", value: "8"), (name: "seed", value: "3")]),
      ]
      let (page, _) = try Fixtures.page(
        ReportRequest(title: "Two", axes: ["discrete", "seed"], runs: runs), in: folder)
      #expect(PageOutline(page).mistakes == [])
      // Known answers: the deviation of two values is their distance over the root of two.
      #expect(page.contains("<td class=\"number\">0.600 ± 0.141</td>"))
      #expect(page.contains("<td class=\"number best\"><strong>0.850 ± 0.071</strong>"))
      #expect(page.contains("<td class=\"number best\"><strong>42.00 ± 2.83</strong>"))
      #expect(page.contains("<td class=\"number\">60.00 ± 0.00</td>"))
      #expect(
        page.contains(
          "<tr><th scope=\"row\">n</th><td class=\"number\">2</td>\n<td class=\"number\">2 of 3</td></tr>"
        ))
      #expect(page.contains("<td class=\"number\">1 of 2</td></tr>"))
      #expect(
        page.contains("Majority accuracy is best with discrete 8: 0.850 ± 0.071 over 2 runs."))
      #expect(page.contains("1 run collapsed: b2. Their scores count in all means."))
      #expect(page.contains("<title>a2: 0.700</title>"))
    }
  }

  @Test("calls no reconstruction the best where losses differ, and no score where images do")
  func incomparable() throws {
    try withTemporaryFolder { folder in
      let losses = [
        try run(folder, "a", [("loss", "bce")], majority: 0.5, reconstruction: 40),
        try run(folder, "b", [("loss", "mse")], majority: 0.6, reconstruction: 4, loss: "mse"),
      ]
      var page = try Fixtures.page(
        ReportRequest(title: "Losses", axes: ["loss"], runs: losses), in: folder
      ).text
      #expect(page.contains("<strong>0.600</strong>"))
      #expect(!page.contains("<strong>4.00</strong>"))
      #expect(page.contains("counted with different losses and cannot be compared"))

      let images = [losses[0], try run(folder, "c", [("loss", "x")], majority: 0.9, images: 99)]
      page = try Fixtures.page(
        ReportRequest(title: "Images", axes: ["loss"], runs: images), in: folder
      ).text
      #expect(!page.contains("<strong>"))
      #expect(page.contains("measured on different images"))
    }
  }

  @Test("of folders finds its axes in their config.json")
  func folders() throws {
    try withTemporaryFolder { folder in
      let folders = ["x/one", "x/two", "y/one"].map { RunFolder("\(folder)/\($0)") }
      try ReportFixtures.train(folders[0], steps: 1)
      try ReportFixtures.train(folders[1], steps: 1, seed: 2)
      var request = ReportRequest(comparing: Array(folders[..<2]))
      #expect(request.title == "2 runs on shapes")
      #expect(request.axes == ["seed"])
      #expect(request.runs.map(\.name) == ["one", "two"])
      #expect(request.runs.map { $0.settings.map(\.value) } == [["1"], ["2"]])

      request = ReportRequest(comparing: folders, title: "Mine")
      #expect(request.title == "Mine")
      #expect(request.runs.map(\.name) == [folders[0].path, "two", folders[2].path])
      #expect(request.runs[2].settings.map(\.value) == ["unknown"])
    }
  }

  @Test("of twelve runs stays below 15 MB whatever their pictures take")
  func size() throws {
    try withTemporaryFolder { folder in
      let first = RunFolder("\(folder)/run-0")
      try Fixtures.train(first)
      // Twelve links to one run are twelve runs.
      let runs = [first] + (1..<12).map { RunFolder("\(folder)/run-\($0)") }
      for run in runs.dropFirst() {
        try FileManager.default.createSymbolicLink(
          atPath: run.path, withDestinationPath: first.path)
      }
      var random = RandomSequence(state: 1)
      let noise = (0..<60).map { _ in
        Image(
          width: 200, height: 200, channels: 1,
          pixels: (0..<40_000).map { _ in UInt8.random(in: 0...255, using: &random) })
      }
      try Animation(noise, delay: 6).writeGIF(to: first.traversalAnimation)
      let (page, missing) = try Fixtures.page(ReportRequest(comparing: runs), in: folder)
      #expect(page.utf8.count < 15_000_000)
      #expect(
        page.contains("to keep the report small")
          || missing.contains { $0.contains("has room for") })
    }
  }
}
