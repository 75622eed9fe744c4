import JointVAE
import JointVAEData
import Testing

@Suite("Data sets in memory")
struct LabeledImagesTests {
  /// Six images of one pixel a corner; every value of image `i` is `10 i`.
  let images: LabeledImages

  init() throws {
    images = try LabeledImages(
      name: "six", origin: "a test", imageShape: ImageShape(size: 2),
      pixels: (0..<6).flatMap { [UInt8](repeating: UInt8(10 * $0), count: 4) },
      labels: [0, 1, 2, 2, 1, 2], classNames: ["plus", "minus", "times"],
      factors: [KnownFactor(name: "width", unit: .imageSides, values: [0, 1, 2, 3, 4, 5])])
  }

  /// The first value of every image, told apart from a wrong number by the fill.
  private func values(_ images: LabeledImages) -> [UInt8] {
    var copied = [UInt8](repeating: 255, count: images.count * images.imageShape.valueCount)
    copied.withUnsafeMutableBufferPointer {
      images.copyImages(at: Array(0..<images.count)[...], to: $0)
    }
    return stride(from: 0, to: copied.count, by: images.imageShape.valueCount).map { copied[$0] }
  }

  @Test("copy the images asked for, in the order asked for, and nothing else")
  func copying() {
    var copied = [UInt8](repeating: 7, count: 13)
    copied.withUnsafeMutableBufferPointer { images.copyImages(at: [9, 5, 0, 5, 9][1...3], to: $0) }
    #expect(copied == [50, 50, 50, 50, 0, 0, 0, 0, 50, 50, 50, 50, 7])
    #expect(images.image(3) == [30, 30, 30, 30])
  }

  @Test("count their classes")
  func classCounts() {
    #expect(images.classCounts == [1, 2, 3])
  }

  @Test("limited to a number keep the first ones")
  func limited() throws {
    let three = try images.limited(to: 3)
    #expect(values(three) == [0, 10, 20])
    #expect(three.labels == [0, 1, 2])
    #expect(three.factors[0].values == [0, 1, 2])
    #expect(three.part == "all, first 3")
    #expect(try images.limited(to: 9).count == 6)
    #expect(throws: ConfigurationError("limit", "0", expected: "at least 1 image")) {
      try images.limited(to: 0)
    }
  }

  @Test("of some classes number them anew, in the order given")
  func classes() throws {
    let some = try images.ofClasses(["times", "plus"])
    #expect(values(some) == [0, 20, 30, 50])
    #expect(some.labels == [1, 0, 0, 0])
    #expect(some.classNames == ["times", "plus"])
    #expect(some.factors[0].values == [0, 2, 3, 5])
    #expect(some.part == "all, classes times, plus")
    // A part of a part.
    let one = try some.limited(to: 3).ofClasses(["times"])
    #expect(values(one) == [20, 30])
    #expect(one.labels == [0, 0])
  }

  @Test("of classes that do not exist, or none, are refused with a suggestion")
  func wrongClasses() throws {
    #expect(
      throws: DataSetError(
        "six", "has no class tims; did you mean times? Expected some of plus, minus, times")
    ) { try images.ofClasses(["tims"]) }
    #expect(throws: DataSetError("six", "is asked for class plus twice")) {
      try images.ofClasses(["plus", "plus"])
    }
    #expect(throws: DataSetError("six", "has no images of no class")) { try images.ofClasses([]) }
    #expect(throws: DataSetError("six", "has no images of times")) {
      try images.limited(to: 2).ofClasses(["times"])
    }
    let bare = try LabeledImages(
      name: "bare", origin: "a test", imageShape: ImageShape(size: 2), pixels: [0, 0, 0, 0])
    #expect(throws: DataSetError("bare", "has no labels; leave the classes out")) {
      try bare.ofClasses(["plus"])
    }
  }

  @Test("that do not add up are refused")
  func inconsistent() {
    func make(
      pixels: Int = 8, size: Int = 2, labels: [Int]? = nil, values: [Double] = [1, 2]
    ) throws {
      _ = try LabeledImages(
        name: "odd", origin: "a test", imageShape: ImageShape(size: size),
        pixels: [UInt8](repeating: 0, count: pixels), labels: labels, classNames: ["a", "b"],
        factors: [KnownFactor(name: "x", unit: .radians, values: values)])
    }
    #expect(throws: Never.self) { try make(labels: [0, 1]) }
    let multiple = "expected a multiple of the 4 of one image, and at least one image"
    #expect(throws: DataSetError("odd", "has 7 values; \(multiple)")) { try make(pixels: 7) }
    #expect(throws: DataSetError("odd", "has 0 values; \(multiple)")) { try make(pixels: 0) }
    #expect(throws: DataSetError("odd", "has 1 labels for 2 images; expected one each")) {
      try make(labels: [0])
    }
    for label in [-1, 2] {
      #expect(
        throws: DataSetError(
          "odd", "labels image 1 with class \(label); expected one of the 2 classes, counted from 0"
        )
      ) { try make(labels: [0, label]) }
    }
    #expect(throws: DataSetError("odd", "has 3 values of x for 2 images; expected one each")) {
      try make(values: [1, 2, 3])
    }
    for size in [-1, 0, 1 << 40] {
      #expect(
        throws: DataSetError(
          "odd",
          "has images of \(size)x\(size)x1 values; expected sides of 1 to 8192 pixels of "
            + "1, 3 or 4 values")
      ) { try make(size: size) }
    }
  }
}

@Suite("Validation parts")
struct ValidationTests {
  let images: LabeledImages

  init() throws {
    images = try LabeledImages(
      name: "numbers", part: "train", origin: "a test", imageShape: ImageShape(size: 1),
      pixels: (0..<200).map { UInt8($0) }, labels: (0..<200).map { $0 % 2 },
      classNames: ["even", "odd"])
  }

  private func numbers(_ images: LabeledImages) -> [Int] {
    (0..<images.count).map { Int(images.image($0)[0]) }
  }

  @Test("and training parts hold every image once, in order, with its label")
  func partition() throws {
    let parts = try images.split(validation: .share(0.1), seed: 7)
    let validation = try #require(parts.validation)
    #expect(validation.count == 20)
    #expect(parts.training.count == 180)
    #expect((numbers(parts.training) + numbers(validation)).sorted() == Array(0..<200))
    for part in [parts.training, validation] {
      #expect(numbers(part) == numbers(part).sorted())
      #expect(part.labels == numbers(part).map { $0 % 2 })
    }
    #expect(parts.training.part == "train, without validation")
    #expect(validation.part == "train, validation")
  }

  @Test("are a function of the seed")
  func seeded() throws {
    func chosen(_ seed: UInt64) throws -> [Int] {
      numbers(try #require(try images.split(validation: .count(10), seed: seed).validation))
    }
    // From SplitMix64 and Fisher-Yates written again in Python; an old run keeps its parts.
    #expect(try chosen(1) == [8, 30, 54, 55, 62, 90, 113, 132, 135, 142])
    #expect(try chosen(1) != chosen(2))
  }

  @Test("are drawn from all images alike")
  func uniform() throws {
    var counts = [Int](repeating: 0, count: 200)
    for seed in 0..<2000 {
      let part = try #require(
        try images.split(validation: .count(20), seed: UInt64(seed)).validation)
      for number in numbers(part) { counts[number] += 1 }
    }
    // Expected 200 each, with a standard deviation of 13.4: five of them are 67.
    #expect(counts.allSatisfy { abs($0 - 200) < 67 })
  }

  @Test("of nothing are none")
  func nothing() throws {
    for share in [ValidationShare.count(0), .share(0), .share(0.004)] {
      let parts = try images.split(validation: share, seed: 1)
      #expect(parts.validation == nil)
      #expect(parts.training.count == 200)
      #expect(parts.training.part == "train")
    }
  }

  @Test("are read from a share or a number")
  func parsing() throws {
    #expect(try ValidationShare(parsing: "0.25") == .share(0.25))
    #expect(try ValidationShare(parsing: "5000") == .count(5000))
    #expect(try ValidationShare(parsing: "0") == .count(0))
    for text in ["1.0", "-1", "-0.5", "nan", "inf", "", "ten", "99999999999999999999"] {
      #expect(
        throws: ConfigurationError(
          "validation", text.isEmpty ? "\"\"" : text,
          expected: "a share below 1, such as 0.1, or a number of images"),
        "\(text)"
      ) { try ValidationShare(parsing: text) }
    }
  }

  @Test("that leave nothing to learn from, or make no sense, are refused")
  func outOfRange() {
    for share in [ValidationShare.count(200), .count(-1), .share(1), .share(-0.1), .share(.nan)] {
      #expect(throws: ConfigurationError.self, "\(share)") {
        try images.split(validation: share, seed: 1)
      }
    }
  }
}
