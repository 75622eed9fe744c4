import JointVAEData
import JointVAEImages
import Testing

@Suite("Of a folder's images some are selected")
struct SelectionTests {
  let folder: TemporaryFolder

  /// 12 images: cats 0 to 3, dogs 4 to 9, eels 10 and 11.
  init() throws {
    folder = try TemporaryFolder()
    try folder.writeNumbered(
      (0..<12).map { "\($0 < 4 ? "cat" : $0 < 10 ? "dog" : "eel")/\($0).png" })
  }

  private func load(_ change: (inout DataSetRequest) -> Void) throws -> LabeledImages {
    var request = DataSetRequest(folder.path)
    change(&request)
    return try plainCatalog.load(request)
  }

  @Test("a limit is spread evenly over sorted classes")
  func spread() throws {
    let images = try load { $0.limit = 4 }
    #expect(images.numbers == [0, 3, 6, 9])
    #expect(images.classes == ["cat", "cat", "dog", "dog"])
    #expect(images.part == "all, 4 spread over the classes")
    #expect(try load { $0.limit = 12 }.part == "all")
  }

  @Test("of one class the first ones are taken")
  func first() throws {
    let images = try load { ($0.classes, $0.limit) = (["dog"], 3) }
    #expect(images.numbers == [4, 5, 6])
    #expect(images.part == "all, classes dog, first 3")
  }

  @Test("classes are numbered in the order given, before anything is counted")
  func classes() throws {
    let images = try load { ($0.classes, $0.limit) = (["eel", "cat"], 12) }
    #expect(images.classNames == ["eel", "cat"])
    #expect(images.numbers == [0, 1, 2, 3, 10, 11])
    #expect(images.labels == [1, 1, 1, 1, 0, 0])
  }

  @Test("shuffled images are all there, in an order of the seed alone, before they are counted")
  func shuffled() throws {
    let images = try load { $0.shuffleSeed = 7 }
    #expect(images.numbers != Array(0..<12) && images.numbers.sorted() == Array(0..<12))
    #expect(images.part == "all, shuffled")
    let again = try load { ($0.shuffleSeed, $0.limit) = (7, 5) }
    #expect(again.numbers == Array(images.numbers.prefix(5)))
    #expect(try load { $0.shuffleSeed = 8 }.numbers != images.numbers)
    // Every image keeps its label.
    for (number, name) in zip(images.numbers, images.classes) {
      #expect(name == (number < 4 ? "cat" : number < 10 ? "dog" : "eel"))
    }
  }

  @Test("what is not there, or twice, is refused")
  func wrong() throws {
    #expect(
      throws: DataSetError(
        folder.path, "has no class cats; did you mean cat? Expected some of cat, dog, eel")
    ) { try load { $0.classes = ["cats"] } }
    #expect(throws: DataSetError(folder.path, "is asked for class cat twice")) {
      try load { $0.classes = ["cat", "cat"] }
    }
    let flat = try TemporaryFolder()
    try flat.writeNumbered(["1.png"])
    var request = DataSetRequest(flat.path)
    request.classes = ["cat"]
    #expect(throws: DataSetError(flat.path, "has no labels; leave the classes out")) {
      try plainCatalog.load(request)
    }
  }
}
