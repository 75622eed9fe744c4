import JointVAE
import JointVAEData
import JointVAEFiles
import JointVAERuns
import TestSupport
import Testing

@Suite("Names of categories")
struct CategoryNamesTests {
  @Test("are kept with a run, commas and brackets too, and refused where they do not fit")
  func run() throws {
    try withTemporaryFolder { folder in
      let run = RunFolder(folder)
      let training = try TrainingRun.begin(
        in: run, on: "shapes", changes: SmallRun.changes(steps: 2), catalog: DataSetCatalog())
      _ = try training.train(compute: .threads(1), observers: [])
      let stored = try StoredModel(folder)
      #expect(stored.categoryNames == nil)
      let count = try #require(stored.model.latents.discrete.first)
      for (index, name) in [(0, "one, two"), (1, "[x]"), (count - 1, "Ä")] {
        var names = CategoryNames(count: count)
        try names.name(index, name)
        try stored.write(names)
        #expect(try StoredModel(folder).categoryNames == names)
      }
      for text in ["", "a", String(repeating: ",", count: count), "[\\\"a\\\"]"] {
        try AtomicFile.write("{\"categories\": \"\(text)\"}", to: run.names)
        let error = #expect(throws: FileError.self) { try StoredModel(folder) }
        #expect(error?.path == run.names)
        #expect(error?.problem.contains("; expected \(count) names, one for each category") == true)
      }
    }
  }
}
