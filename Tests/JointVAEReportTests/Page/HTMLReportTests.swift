import Foundation
import JointVAE
import JointVAEFiles
import JointVAEReport
import JointVAERuns
import TestSupport
import Testing

/// One after the other: each trains.
@Suite("An HTML report", .serialized)
struct HTMLReportTests {
  private typealias Fixtures = ReportFixtures

  @Test("shows all that a run left behind, with words for each picture, in whole elements")
  func wholeRun() throws {
    try withTemporaryFolder { folder in
      let run = RunFolder("\(folder)/demo")
      try Fixtures.train(run)
      try Fixtures.evaluate(run)
      let (page, missing) = try Fixtures.page(ReportRequest(comparing: [run]), in: folder)
      #expect(missing == [])
      let outline = PageOutline(page)
      #expect(outline.mistakes == [])
      let kinds = outline.values("src", of: "img").map { $0.prefix { $0 != "," } }
      #expect(
        kinds == [
          "data:image/png;base64", "data:image/gif;base64", "data:image/gif;base64",
          "data:image/png;base64", "data:image/png;base64",
        ])
      #expect(outline.values("alt", of: "img").allSatisfy { $0.hasPrefix("demo: ") })
      let charts = outline.values("aria-label", of: "svg")
      #expect(
        charts.map { $0.prefix { $0 != "." } } == [
          "Loss", "KL against capacity", "KL of each latent",
        ])
      #expect(outline.values("tabindex", of: "svg").count == charts.count)
      #expect(page.contains("<h1><bdi>Run demo on shapes</bdi></h1>"))
      #expect(page.contains("It trained its 8 steps with batches of 8."))
      #expect(page.contains("Measured on 3 images of shapes"))
      #expect(page.contains("<table class=\"confusion\">"))
    }
  }

  @Test("asks no other host for anything: every address in it is its own part or inside it")
  func selfContained() throws {
    try withTemporaryFolder { folder in
      let runs = ["a", "b"].map { RunFolder("\(folder)/\($0)") }
      try Fixtures.train(runs[0])
      try Fixtures.train(runs[1], seed: 2)
      let (page, _) = try Fixtures.page(ReportRequest(comparing: runs), in: folder)
      let outline = PageOutline(page)
      let addresses = ["src", "href", "action", "data", "poster", "srcset"].flatMap { attribute in
        outline.elements.compactMap { $0.attributes[attribute] }
      }
      #expect(!addresses.isEmpty)
      #expect(addresses.allSatisfy { $0.hasPrefix("#") || $0.hasPrefix("data:") })
      #expect(!page.contains("url("))
      #expect(!page.contains("@import"))
      #expect(page.contains("content=\"default-src 'none'; img-src data:; "))
      let ids = Set(outline.elements.compactMap { $0.attributes["id"] })
      for address in addresses where address.hasPrefix("#") {
        #expect(ids.contains(String(address.dropFirst())), "\(address)")
      }
    }
  }

  @Test("names a single run once, in its title or before its pictures")
  func headings() throws {
    try withTemporaryFolder { folder in
      let run = RunFolder("\(folder)/demo")
      try Fixtures.train(run, steps: 1)
      let usual = try Fixtures.page(ReportRequest(comparing: [run]), in: folder).text
      #expect(usual.contains("<h1><bdi>Run demo on shapes</bdi></h1>"))
      #expect(!usual.contains("<h2><bdi>demo</bdi></h2>") && !usual.contains("<h3>"))
      let titled = try Fixtures.page(
        ReportRequest(comparing: [run], title: "Shapes"), in: folder
      ).text
      #expect(titled.contains("<h2><bdi>demo</bdi></h2>") && titled.contains("<h3>Pictures</h3>"))
      // No heading lies more than a level below the one before.
      for page in [usual, titled] {
        let levels = PageOutline(page).elements.compactMap { element in
          element.name.hasPrefix("h") ? Int(element.name.dropFirst()) : nil
        }
        #expect(levels.first == 1)
        #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 })
      }
    }
  }

  @Test("holds its style sheets and its script as their files are")
  func assets() throws {
    let package = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
    let assets = package.appending(path: "Sources/JointVAEReport/Assets").standardized
    try withTemporaryFolder { folder in
      let run = RunFolder("\(folder)/run")
      try Fixtures.train(run, steps: 1)
      let (page, _) = try Fixtures.page(ReportRequest(comparing: [run]), in: folder)
      let names = try FileManager.default.contentsOfDirectory(atPath: assets.path)
      #expect(names.sorted() == ["chart.css", "chart.js", "page.css", "report.css", "report.js"])
      for name in names {
        let text = try String(contentsOf: assets.appending(path: name), encoding: .utf8)
        #expect(page.contains(text), "\(name)")
        // Nothing in it may end the element that holds it.
        #expect(!text.contains("</"), "\(name)")
      }
    }
  }

  @Test("escapes every name, text and path, wherever it appears")
  func hostileNames() throws {
    try withTemporaryFolder { folder in
      let evil = "<script>alert('1')</script>\"&\u{202E}"
      let run = RunFolder("\(folder)/<img src=x onerror=alert(1)>\"'")
      try Fixtures.train(run)
      let runs = [
        ReportRun(name: evil, folder: run, settings: [(evil, evil), ("seed", "1")]),
        ReportRun(name: "\(evil)2", folder: RunFolder("\(folder)/\(evil)gone"), settings: []),
      ]
      try Fixtures.writeEvaluation(RunFolder("\(folder)/scored"), majority: 0.5)
      let scored = ReportRun(
        name: evil, folder: RunFolder("\(folder)/scored"), settings: [(evil, "2")])
      let request = ReportRequest(
        title: evil, introduction: "\(evil)\n\n\(evil)", axes: [evil, "seed"], runs: runs + [scored]
      )
      let (page, missing) = try Fixtures.page(request, in: folder)
      #expect(missing.contains { $0.contains("<script>") })
      let outline = PageOutline(page)
      #expect(outline.mistakes == [])
      #expect(outline.elements.count { $0.name == "script" } == 1)
      #expect(outline.elements.count { $0.name == "b" && $0.attributes.isEmpty } <= 4)
      #expect(!outline.elements.contains { $0.attributes["onerror"] != nil })
      #expect(outline.values("src", of: "img").allSatisfy { $0.hasPrefix("data:") })
      #expect(!page.contains("<b>one</b>"))
      #expect(!page.contains("\u{202E}"))
      #expect(
        page.contains(
          "<title>&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&quot;&amp;\u{FFFD}</title>"))
    }
  }

  @Test("shows no score that was not measured, and says once how to measure it")
  func noScores() throws {
    try withTemporaryFolder { folder in
      let run = RunFolder("\(folder)/my run")
      try Fixtures.train(run)
      var request = ReportRequest(comparing: [run])
      let (plain, remarks) = try Fixtures.page(request, in: folder)
      #expect(remarks == ["\(run.path): has no scores yet"])
      #expect(plain.contains("No scores were measured.") && !plain.contains("<pre>"))

      let command = "measure '\(run.path)' > '\(run.evaluation)'"
      request.evaluationCommand = { "measure '\($0.path)' > '\($0.evaluation)'" }
      let (page, missing) = try Fixtures.page(request, in: folder)
      #expect(missing == ["\(run.path): has no scores yet; make them with \(command)"])
      #expect(page.components(separatedBy: HTML.escaped(command)).count == 2)
      for word in ["Majority accuracy", "ELBO", "class=\"confusion\"", "agrees with the labels"] {
        #expect(!page.contains(word), "\(word)")
      }
    }
  }

  @Test("names each file that is missing or damaged, and shows the rest")
  func missingFiles() throws {
    try withTemporaryFolder { folder in
      let run = RunFolder("\(folder)/run")
      try Fixtures.train(run)
      try Fixtures.evaluate(run)
      func expect(_ path: String, _ damage: ([UInt8]) -> [UInt8]?, says words: String? = nil) throws
      {
        let bytes = try BoundedFile.read(path, limit: 1 << 26)
        defer { try? Data(bytes).write(to: URL(filePath: path)) }
        if let damaged = damage(bytes) {
          try Data(damaged).write(to: URL(filePath: path))
        } else {
          try FileManager.default.removeItem(atPath: path)
        }
        let (page, missing) = try Fixtures.page(ReportRequest(comparing: [run]), in: folder)
        #expect(
          missing.contains { $0.hasPrefix(path) && $0.contains(words ?? ": ") },
          "\(path): \(missing)")
        #expect(Set(missing).count == missing.count)
        for sentence in missing {
          #expect(page.components(separatedBy: HTML.escaped(sentence)).count == 2, "\(sentence)")
        }
        #expect(PageOutline(page).mistakes == [])
        #expect(page.contains("class=\"card run\""))
      }
      for path in [
        run.configuration, run.metrics, run.epochs, run.summary, run.samples, run.reconstructions,
        run.traversalAnimation, run.trainingAnimation,
      ] {
        try expect(path, { _ in nil }, says: "cannot be opened: No such file or directory")
        try expect(path, { _ in [] })
      }
      for path in [run.samples, run.traversalAnimation, run.trainingAnimation, run.evaluation] {
        try expect(path, { Array($0.prefix($0.count / 2)) })
      }
      try expect(run.metrics, { Array($0.dropLast(5)) }, says: "the last line is cut off")
      try expect(
        run.evaluation, { _ in Array("{\"runs\": []}".utf8) },
        says: "expected the scores of one run")
      let model = try BoundedFile.read(run.model, limit: 1 << 26)
      try Data(model.prefix(1000)).write(to: URL(filePath: run.model))
      let (page, missing) = try Fixtures.page(ReportRequest(comparing: [run]), in: folder)
      #expect(missing.contains { $0.hasPrefix(run.model) })
      #expect(page.contains("Samples of the prior"))
    }
  }

  @Test("names a run that was deleted, and is none when nothing at all is there")
  func deletedRuns() throws {
    try withTemporaryFolder { folder in
      let (here, gone) = (RunFolder("\(folder)/here"), RunFolder("\(folder)/gone"))
      try Fixtures.train(here)
      try Fixtures.evaluate(here)
      let (page, missing) = try Fixtures.page(ReportRequest(comparing: [here, gone]), in: folder)
      #expect(missing == ["\(gone.path): is no folder; the run was deleted or has not begun"])
      #expect(page.contains("There is nothing to show of this run."))

      let path = "\(folder)/none.html"
      let error = #expect(throws: FileError.self) {
        try HTMLReport(ReportRequest(comparing: [gone, gone])).write(to: path)
      }
      #expect(
        error?.description.hasPrefix(
          "\(gone.path): holds nothing to show, nor does any other of 2 runs") == true)
      #expect(throws: FileError(path, "would show no run; name at least one run folder")) {
        try HTMLReport(ReportRequest(title: "", runs: [])).write(to: path)
      }
      #expect(!FileManager.default.fileExists(atPath: path))
    }
  }

  @Test("is the same bytes for the same files, and says what has not finished")
  func sameBytes() throws {
    try withTemporaryFolder { folder in
      let run = RunFolder("\(folder)/run")
      try Fixtures.train(run)
      var configuration = try RunConfiguration(contentsOf: run.configuration)
      configuration.training.length = .epochs(1000)
      try configuration.write(to: run.configuration)
      let first = try Fixtures.page(ReportRequest(comparing: [run]), in: folder).text
      #expect(
        first.contains(
          "The last checkpoint is of step 8 of 4,000: the run was stopped, or still goes on."))
      #expect(try Fixtures.page(ReportRequest(comparing: [run]), in: folder).text == first)
    }
  }

  @Test("holds no scores of another model")
  func otherModel() throws {
    try withTemporaryFolder { folder in
      let run = RunFolder("\(folder)/run")
      try Fixtures.train(run)
      try Fixtures.writeEvaluation(run, majority: 0.5)
      let (page, missing) = try Fixtures.page(ReportRequest(comparing: [run]), in: folder)
      #expect(missing.count == 1)
      #expect(
        missing.first?.hasPrefix(
          "\(run.evaluation): is of a model with latents 1 + [2], and the run has 2 + [3]; measure the run again"
        ) == true)
      #expect(!page.contains("Majority accuracy"))
    }
  }
}
