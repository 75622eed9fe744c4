import JointVAE
import JointVAEData
import JointVAEFiles
import JointVAEImages
import Testing

@Suite("Data sets joined with +")
struct UnionTests {
  let folder: TemporaryFolder

  /// Three digits of 16x16 pixels in IDX files, and a folder of digits and operators.
  init() throws {
    folder = try TemporaryFolder()
    try folder.write(IDXBytes.images(3, size: 16), as: "mnist/train-images-idx3-ubyte")
    try folder.write(IDXBytes.labels([1, 9, 0]), as: "mnist/train-labels-idx1-ubyte")
    try folder.writeNumbered([
      "math-symbols/train/0/1.png", "math-symbols/train/plus/1.png",
      "math-symbols/eval/0/1.png", "math-symbols/train/number/1.png",
    ])
  }

  private func load(
    _ name: String, change: (inout DataSetRequest) -> Void = { _ in }
  ) throws -> LabeledImages {
    var request = DataSetRequest(name)
    change(&request)
    return try DataSetCatalog(roots: DataRoots(folders: [folder.path])).load(request)
  }

  @Test("merge classes of the same name and keep the order of sets and images")
  func merged() throws {
    let all = try load("mnist+math-symbols") { $0.imageSize = 16 }
    #expect(all.name == "mnist+math-symbols")
    #expect(all.part == "train")
    #expect(all.classNames == (0...9).map(String.init) + ["plus"])
    #expect(all.classes == ["1", "9", "0", "0", "plus"])
    let digits = try load("mnist") { $0.imageSize = 16 }
    let symbols = try load("math-symbols") { $0.imageSize = 16 }
    #expect(all.bytes == digits.bytes + symbols.bytes)
    #expect(all.origin == "\(digits.origin) + \(symbols.origin)")
  }

  @Test("in the other order number classes otherwise")
  func order() throws {
    let all = try load("math-symbols+mnist") { $0.imageSize = 16 }
    #expect(all.classNames.prefix(3) == ["0", "plus", "1"])
    #expect(all.classes == ["0", "plus", "1", "9", "0"])
  }

  @Test("are selected from as one")
  func selected() throws {
    let chosen = try load("mnist+math-symbols") {
      ($0.imageSize, $0.classes) = (16, ["plus", "0"])
    }
    #expect(chosen.classes == ["0", "0", "plus"])
    #expect(try load("mnist+math-symbols") { ($0.imageSize, $0.limit) = (16, 2) }.count == 2)
  }

  @Test("may be generated ones and paths")
  func generated() throws {
    let path = "\(folder.path)/math-symbols"
    let all = try load("shapes+\(path)") { ($0.imageSize, $0.limit) = (16, 10) }
    #expect(all.count == 10)
    #expect(all.classNames.contains("circle") && all.classNames.contains("plus"))
  }

  @Test("of different shapes are refused with what to say")
  func shapes() throws {
    try folder.write(Image(width: 40, height: 40).pngBytes(), as: "photos/a/1.png")
    try folder.write(Image(width: 40, height: 40).pngBytes(), as: "photos/b/1.png")
    let photos = "\(folder.path)/photos"
    let error = #expect(throws: DataSetError.self) { try load("mnist+\(photos)") }
    #expect(
      error?.problem
        == "joins images of 32x32x1 and of 64x64x1 values (\(photos)); choose one image size, "
        + "and gray or color, for all")
    #expect(try load("mnist+\(photos)") { $0.imageSize = 32 }.count == 5)
  }

  @Test("with labels and without are refused")
  func labels() throws {
    try folder.writeNumbered(["flat/1.png"])
    let error = #expect(throws: DataSetError.self) {
      try load("mnist+\(folder.path)/flat") { $0.imageSize = 16 }
    }
    #expect(
      error?.problem
        == "joins images with labels and without (\(folder.path)/flat); leave those out")
  }

  @Test("of which one is unknown or missing name that one")
  func unknown() throws {
    for name in ["mnist+mth-symbols", "mnist+", "+mnist", "+"] {
      #expect(throws: DataSetError.self, "\(name)") { try load(name) }
    }
    let error = #expect(throws: DataSetError.self) { try load("mnist+mth-symbols") }
    #expect(error?.dataSet == "mth-symbols")
    #expect(error?.problem.contains("did you mean math-symbols?") == true)
  }

  @Test("are not looked for where a file has the + in its name")
  func plusInName() throws {
    try folder.writeNumbered(["a+b/1.png"])
    #expect(try load("\(folder.path)/a+b").count == 1)
  }
}
