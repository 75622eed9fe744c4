import Foundation
import JointVAEData
import JointVAEFiles
import TestSupport
import Testing

@Suite("Images of an .npz file")
struct NPZTests {
  private func images(
    _ arrays: [String: [UInt8]], split: DataSplit = .train
  ) throws -> NPZImages {
    try NPZImages(
      path: "a.npz", members: arrays.keys.filter { $0.hasSuffix(".npy") }.sorted(), split: split
    ) { name in
      MemoryBytes(arrays[name] ?? [], path: "a.npz/\(name)")
    }
  }

  private let pair = NPYBytes.file("|u1", [2, 2, 2], values: [1, 2, 3, 4, 5, 6, 7, 8])
  private let labels = NPYBytes.file("<i8", [2], values: NPYBytes.bytes([4, 9]))

  @Test(
    "are found by the names they go by",
    arguments: [
      ("imgs", "labels"), ("images", "label"), ("x", "y"), ("X", "Y"), ("data", "targets"),
      ("x_train", "y_train"), ("train_images", "train_labels"), ("arr_0", "y"),
    ])
  func names(images name: String, labels labelsName: String) throws {
    let images = try images(["\(name).npy": pair, "\(labelsName).npy": labels])
    #expect((images.height, images.width, images.channels, images.count) == (2, 2, 1, 2))
    #expect(images.labels == .numbers([]))
    #expect(try pixels(images, limit: 1) == [1, 2, 3, 4, 5, 6, 7, 8])
    #expect(images.labels == .numbers([4, 9]))
    #expect(images.path == "a.npz/\(name).npy")
    #expect(images.factors.isEmpty)
  }

  @Test("come with labels that are texts, as bytes or as characters of either byte order")
  func textLabels() throws {
    func characters(_ names: [String], _ order: (UInt32) -> UInt32) -> [UInt8] {
      names.flatMap { name in
        let scalars = name.unicodeScalars.map(\.value)
        return NPYBytes.bytes(
          (scalars + [UInt32](repeating: 0, count: 4 - scalars.count)).map(order))
      }
    }
    let labels = [
      NPYBytes.file("|S4", [2], values: Array("cat\0Pferd".utf8.prefix(8))),
      NPYBytes.file("<U4", [2], values: characters(["cat", "Äpfe"], \.littleEndian)),
      NPYBytes.file(">U4", [2, 1], values: characters(["cat", "Äpfe"], \.bigEndian)),
    ]
    for (label, second) in zip(labels, ["Pfer", "Äpfe", "Äpfe"]) {
      let images = try images(["x.npy": pair, "y.npy": label])
      _ = try pixels(images)
      #expect(images.labels == .names(["cat", second]))
    }
    for (label, problem) in [
      (NPYBytes.file("|S2", [2], values: [0, 0, 65, 0]), "labels image 0 with an empty name"),
      (NPYBytes.file("|S2", [2], values: [65, 0, 0xff, 0]), "labels image 1 with no text"),
      (NPYBytes.file("|S2", [1], values: [65, 0]), "expected 2, one for each image"),
      (
        NPYBytes.file("<U1", [2], values: [65, 0, 0, 0, 0, 0xd8, 0, 0]),
        "labels image 1 with no text"
      ),
    ] {
      let error = #expect(throws: FileError.self) {
        try self.images(["x.npy": self.pair, "y.npy": label])
      }
      #expect(error?.problem.contains(problem) == true, "\(String(describing: error))")
    }
  }

  @Test("are those of the part that is asked for")
  func parts() throws {
    let other = NPYBytes.file("|u1", [1, 2, 2], values: [9, 9, 9, 9])
    let all = [
      "x_train.npy": pair, "y_train.npy": labels, "x_test.npy": other,
      "y_test.npy": NPYBytes.file("|u1", [1, 1], values: [3]),
    ]
    #expect(try images(all).count == 2)
    let test = try images(all, split: .test)
    #expect(try pixels(test) == [9, 9, 9, 9])
    #expect(test.labels == .numbers([3]))
  }

  @Test("may have any name when they are alone, and labels may be a column a class")
  func alone() throws {
    #expect(try images(["letters.npy": pair, "readme.txt": []]).count == 2)
    let choice = NPYBytes.file(
      "<f4", [2, 3], values: NPYBytes.bytes([0, 0, 1, 1, 0, 0] as [Float]))
    let images = try images(["x.npy": pair, "y.npy": choice])
    _ = try pixels(images)
    #expect(images.labels == .numbers([2, 0]))
  }

  @Test("come with dSprites' latents as factors, and its shapes as labels")
  func latents() throws {
    let values: [Double] = [1, 1, 0.5, 0, 0.25, 1, 1, 3, 1, 3.5, 0, 0.75]
    let array = NPYBytes.file("<f8", [2, 6], values: NPYBytes.bytes(values))
    let images = try images(["imgs.npy": pair, "latents_values.npy": array])
    _ = try pixels(images)
    #expect(images.labels == .names(["square", "heart"]))
    #expect(
      images.factors == [
        KnownFactor(name: "shape", unit: .classNumber, values: [0, 2]),
        KnownFactor(name: "scale", unit: .imageSides, values: [0.5, 1]),
        KnownFactor(name: "orientation", unit: .radians, values: [0, 3.5]),
        KnownFactor(name: "positionX", unit: .imageSides, values: [0.25, 0]),
        KnownFactor(name: "positionY", unit: .imageSides, values: [1, 0.75]),
      ])
    let classes = NPYBytes.file(
      "<i8", [2, 6], values: NPYBytes.bytes([0, 1, 5, 39, 31, 0, 0, 2, 0, 1, 2, 3]))
    let numbered = try self.images(["imgs.npy": pair, "latents_classes.npy": classes])
    let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 4, alignment: 1)
    defer { piece.deallocate() }
    #expect(try numbered.read(1, into: piece) == 1)
    // Of the images read so far.
    #expect(numbered.labels == .names(["ellipse"]))
    #expect(numbered.factors.map(\.values) == [[1], [5], [39], [31], [0]])
    #expect(numbered.factors.allSatisfy { $0.unit == .classNumber })
  }

  @Test("are refused when arrays are missing or disagree")
  func badInput() {
    func expect(_ problem: String, at path: String = "a.npz", _ arrays: [String: [UInt8]]) {
      #expect(throws: FileError(path, problem)) { try images(arrays) }
    }
    expect("holds no arrays; expected an .npz file as numpy.savez writes it", ["a.txt": []])
    expect(
      "has no array of a name that images have; expected one of x_train, train_images, train_x, "
        + "imgs, images, x, data, arr_0, found \"a\", \"b\"", ["a.npy": pair, "b.npy": pair])
    expect(
      "has an array of shape (3,); expected 2 rows, one for each image of a.npz/x.npy",
      at: "a.npz/y.npy", ["x.npy": pair, "y.npy": NPYBytes.file("|u1", [3], values: [1, 2, 3])])
    expect(
      "labels image 1 with 0.5; expected a whole number", at: "a.npz/y.npy",
      [
        "x.npy": pair,
        "y.npy": NPYBytes.file("<f4", [2], values: NPYBytes.bytes([1, 0.5] as [Float])),
      ])
    expect(
      "has 2 numbers for each image, and those of image 1 are no choice of one class; expected "
        + "class numbers", at: "a.npz/y.npy",
      ["x.npy": pair, "y.npy": NPYBytes.file("|u1", [2, 2], values: [0, 1, 1, 1])])
    expect(
      "goes on after the 2 numbers of its header; it is damaged, fetch it again",
      at: "a.npz/y.npy", ["x.npy": pair, "y.npy": NPYBytes.file("|u1", [2], values: [1, 2, 3])])
    expect(
      "has 1000 numbers for each image; expected 1 to 64", at: "a.npz/y.npy",
      [
        "x.npy": pair,
        "y.npy": NPYBytes.file("|u1", [2, 1000], values: [UInt8](repeating: 0, count: 2000)),
      ])
    expect(
      "has 5 latents for each image; expected dSprites' 6: color, shape, scale, orientation, x and y",
      at: "a.npz/latents_values.npy",
      [
        "imgs.npy": pair,
        "latents_values.npy": NPYBytes.file(
          "|u1", [2, 5], values: [UInt8](repeating: 1, count: 10)),
      ])
    expect(
      "gives image 0 the shape 4.0; expected 1 to 3", at: "a.npz/latents_values.npy",
      [
        "imgs.npy": pair,
        "latents_values.npy": NPYBytes.file(
          "|u1", [2, 6], values: [UInt8](repeating: 4, count: 12)),
      ])
  }
}

@Suite(
  "The real sprites of dsprites-small",
  .enabled(
    if: SharedFiles.data.has("dsprites-small/dsprites_12_with_latents.npz")
      && Python.has("zipfile"),
    "no dsprites-small folder under JOINTVAE_DATA, or no python3"))
struct DSpritesTests {
  /// The archive `name`, unpacked by Python.
  private func images(_ name: String, in folder: String) throws -> NPZImages {
    let archive = SharedFiles.data.path("dsprites-small/\(name)")
    let script = "import sys, zipfile; zipfile.ZipFile(sys.argv[1]).extractall(sys.argv[2])"
    let output = try Python.run(["-c", script, archive, folder])
    try #require(output.exitCode == 0, "\(output.text)")
    return try NPZImages(path: archive, members: fileNames(in: folder)) {
      try ByteSources.open("\(folder)/\($0)")
    }
  }

  @Test("are black and white and have their latents as factors")
  func latents() throws {
    try withTemporaryFolder { folder in
      let sprites = try images("dsprites_12_with_latents.npz", in: folder)
      #expect((sprites.height, sprites.width, sprites.channels) == (64, 64, 1))
      #expect(sprites.count == 12)
      #expect(sprites.isBinary)
      let pixels = try pixels(sprites)
      #expect(pixels.count == 12 * 4096)
      #expect(pixels.allSatisfy { $0 == 0 || $0 == 255 })
      #expect(
        sprites.factors.map(\.name) == ["shape", "scale", "orientation", "positionX", "positionY"])
      #expect(sprites.factors[0].values == [1, 0, 2, 1, 1, 1, 2, 1, 1, 2, 2, 1])
      #expect(sprites.factors[1].values.prefix(4) == [1, 0.8, 0.8, 0.7])
      #expect(sprites.labels?.count == 12)
      // The largest of the first two images, an ellipse of scale 1, has the most white.
      let white = (0..<2).map { image in
        pixels[(image * 4096)..<(image + 1) * 4096].count { $0 == 255 }
      }
      #expect(white[0] > white[1])
    }
  }

  @Test("may come without latents")
  func plain() throws {
    try withTemporaryFolder { folder in
      let sprites = try images("dsprites_100_imgs.npz", in: folder)
      #expect(sprites.count == 100)
      #expect(sprites.isBinary)
      #expect(try pixels(sprites).count == 100 * 4096)
      #expect(sprites.labels == nil)
    }
  }
}
