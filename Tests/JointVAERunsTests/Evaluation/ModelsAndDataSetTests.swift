import JointVAEFiles
import JointVAERuns
import TestSupport
import Testing

struct ModelsAndDataSetTests {
  @Test("The last of several words is the data set, unless it is a model")
  func words() throws {
    try withTemporaryFolder { folder in
      let run = "\(folder)/run"
      try RunFolder(run).create()
      try RunConfigurationTests.example.write(to: RunFolder(run).configuration)
      func dataSet(_ words: String...) -> String? { ModelsAndDataSet(words).dataSet }
      #expect(dataSet("a", "mnist") == "mnist")
      #expect(dataSet("a", "data/digits.idx") == "data/digits.idx")
      #expect(dataSet("a", run) == nil)
      #expect(dataSet("a", "b.PT") == nil)
      #expect(dataSet("a", "b.safetensors") == nil)
      #expect(dataSet("shapes") == nil)
      #expect(ModelsAndDataSet(["a", "b", "shapes"]).models == ["a", "b"])
      #expect(ModelsAndDataSet(["a", "b", run]).models == ["a", "b", run])
      #expect(ModelsAndDataSet([]).models == [])
    }
  }
}
