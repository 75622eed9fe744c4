import Foundation
import JointVAE
import JointVAEData
import JointVAEFiles
import JointVAERuns
import TestSupport
import Testing

@Suite("The codes of a data set")
struct EncodedDataSetTests {
  private let images: LabeledImages
  private let stored: StoredModel

  init() throws {
    stored = try StoredModel("shapes")
    images = try DataSetCatalog().load(DataSetRequest("shapes", imageSize: 32, limit: 300))
  }

  @Test("are those of each image, with any threads")
  func codes() throws {
    let one = try EncodedDataSet(images, by: stored, compute: .threads(1))
    let two = try EncodedDataSet(images, by: stored, compute: .threads(2))
    #expect(one.encoding == two.encoding)
    for image in [0, 255, 256, 299] {
      let alone = try stored.model.encode(ImageBatch(images, at: [image]))
      #expect(one.encoding.code(of: image) == alone.code(of: 0))
    }
  }

  @Test("fill a table with a row for each image")
  func table() throws {
    let encoded = try EncodedDataSet(images, by: stored)
    let rows = encoded.table().split(separator: "\n").map { $0.components(separatedBy: ",") }
    #expect(rows.count == 301)
    #expect(rows.allSatisfy { $0.count == rows[0].count })
    let column = Dictionary(uniqueKeysWithValues: rows[0].enumerated().map { ($1, $0) })
    let mean = try #require(column["mean.0"])
    let category = try #require(column["category.0"])
    let name = try #require(column["name.0"])
    let label = try #require(column["label"])
    let names = try #require(encoded.categoryNames)
    let labels = try #require(images.labels)
    for image in 0..<300 {
      let row = rows[image + 1]
      #expect(row[0] == "\(image)")
      #expect(
        Float(row[mean]) == encoded.encoding.mean[image * encoded.encoding.latents.continuous])
      let found = encoded.encoding.mostProbableCategory(of: image)
      #expect(row[category] == "\(found)" && row[name] == names.names[found])
      #expect(row[label] == images.classNames[labels[image]])
    }
    for factor in images.factors { #expect(column["factor.\(factor.name)"] != nil) }
  }

  @Test("quote class names with commas and quotes")
  func quotes() throws {
    let shape = images.imageShape
    let two = try LabeledImages(
      name: "two", origin: "here", imageShape: shape,
      pixels: [UInt8](repeating: 0, count: 2 * shape.valueCount), labels: [0, 1],
      classNames: ["a, \"b\"", "c"])
    let rows = try EncodedDataSet(two, by: stored).table().split(separator: "\n")
    #expect(rows[1].hasPrefix("0,\"a, \"\"b\"\"\",") && rows[2].hasPrefix("1,c,"))
  }

  @Test("are arrays that this package reads again")
  func arrays() throws {
    try withTemporaryFolder { folder in
      // The values of images, from 0 to 1, are read as images.
      var archive = NumPyArchive()
      let values = (0..<2 * 16 * 16).map { Float($0 % 256) / 255 }
      archive.add("images", shape: [2, 16, 16], .float32(values))
      archive.add("labels", .text(["é", "🙂 two"]))
      archive.add("other", .int64([1, -1]))
      try archive.write(to: "\(folder)/a.npz")
      let read = try DataSetCatalog().load(DataSetRequest("\(folder)/a.npz", imageSize: 16))
      #expect(read.classNames == ["é", "🙂 two"])
      #expect(ImageBatch(read, at: 0..<2).values == values)
      let first = try Data(contentsOf: URL(filePath: "\(folder)/a.npz"))
      try archive.write(to: "\(folder)/a.npz")
      #expect(try Data(contentsOf: URL(filePath: "\(folder)/a.npz")) == first)
      var bytes = NumPyArchive()
      bytes.add("images", shape: [2, 16, 16], .uint8((0..<2 * 16 * 16).map { UInt8($0 % 256) }))
      try bytes.write(to: "\(folder)/b.npz")
      let same = try DataSetCatalog().load(DataSetRequest("\(folder)/b.npz", imageSize: 16))
      #expect(ImageBatch(same, at: 0..<2).values == values)
    }
  }

  @Test("are arrays that NumPy reads", .enabled(if: Python.has("numpy"), "no numpy"))
  func numPy() throws {
    try withTemporaryFolder { folder in
      let encoded = try EncodedDataSet(images, by: stored)
      try encoded.write(to: "\(folder)/codes.npz", withPixels: true)
      let script = """
        import numpy, sys
        f = numpy.load(sys.argv[1])
        assert f["mean"].shape[0] == 300 and f["mean"].dtype == numpy.float32
        assert (f["probabilities.0"].argmax(1) == f["category.0"]).all()
        assert abs(f["probabilities.0"].sum(1) - 1).max() < 1e-5
        assert len(f["class_names"]) == 4 and f["label"].max() == 3
        assert f["pixels"].shape == (300, 32, 32, 1) and f["pixels"].dtype == numpy.uint8
        print(int(f["pixels"][299].sum()), f["pixels"][299, 16, 9, 0])
        print(float(f["mean"][7, 1]), float(f["log_variance"][299, 0]), f["class_names"][0])
        """
      let output = try Python.run(["-c", script, "\(folder)/codes.npz"])
      let latents = encoded.encoding.latents.continuous
      #expect(output.exitCode == 0, "\(output.text)")
      let lines = output.text.split(separator: "\n")
      let last = ImageBatch(images, at: [299]).bytes(of: 0)
      #expect(lines[0] == "\(last.reduce(0) { $0 + Int($1) }) \(last[16 * 32 + 9])")
      let words = lines[1].split(separator: " ")
      #expect(Double(words[0]) == Double(encoded.encoding.mean[7 * latents + 1]))
      #expect(Double(words[1]) == Double(encoded.encoding.logVariance[299 * latents]))
      #expect(words[2].trimmingCharacters(in: .whitespacesAndNewlines) == images.classNames[0])
    }
  }
}
