import Foundation
import JointVAE
import JointVAEData
import JointVAEFiles
import JointVAEImages
import TestSupport
import Testing

@Suite("Both parts of a data set together")
struct SplitTests {
  private func load(_ dataSet: String, _ split: DataSplit?, limit: Int? = nil) throws
    -> LabeledImages
  {
    try DataSetCatalog(cache: nil).load(
      DataSetRequest(dataSet, split: split, imageSize: 16, limit: limit))
  }

  /// A picture whose gray tells it apart.
  private func write(_ gray: UInt8, _ path: String) throws {
    try FileManager.default.createDirectory(
      at: URL(filePath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
    try Image(width: 16, height: 16, channels: 1, value: gray).writePNG(to: path)
  }

  @Test("A folder of train and test gives the images of both, training first")
  func folders() throws {
    try withTemporaryFolder { folder in
      try write(10, "\(folder)/train/cat/1.png")
      try write(20, "\(folder)/train/dog/1.png")
      try write(30, "\(folder)/test/dog/1.png")
      let all = try load(folder, .all)
      #expect(all.count == 3 && all.part == "train + test" && all.split == nil)
      #expect((0..<3).map { all.image($0)[0] } == [10, 20, 30])
      #expect(all.labels == [0, 1, 1] && all.classNames == ["cat", "dog"])
      #expect(try load(folder, nil).count == 2)
      let training = try load(folder, .train)
      #expect(all.preparation != nil && all.origin == training.origin)
    }
  }

  @Test("A set with one part, or without parts, gives what there is, once")
  func onePart() throws {
    try withTemporaryFolder { folder in
      try write(10, "\(folder)/plain/cat/1.png")
      try write(20, "\(folder)/plain/dog/1.png")
      #expect(try load("\(folder)/plain", .all).count == 2)
      for part in ["train", "test"] {
        try write(10, "\(folder)/\(part)-only/\(part)/cat/1.png")
        try write(20, "\(folder)/\(part)-only/\(part)/dog/1.png")
        try write(20, "\(folder)/\(part)-only/\(part)/dog/2.png")
        #expect(try load("\(folder)/\(part)-only", .all).count == 3)
      }
    }
  }

  @Test("Generated sets join with their factors, and a limit counts both")
  func generated() throws {
    let all = try load("shapes", .all)
    let (training, test) = (try load("shapes", .train), try load("shapes", .test))
    #expect(all.count == training.count + test.count)
    #expect(all.image(0) == training.image(0) && all.image(training.count) == test.image(0))
    #expect(all.factors.map(\.name) == training.factors.map(\.name))
    for (joined, parts) in zip(all.factors, zip(training.factors, test.factors)) {
      #expect(joined.values == parts.0.values + parts.1.values)
    }
    #expect(try load("shapes", .all, limit: 30).count == 30)
  }

  @Test("Parts of which only one was turned to light on dark are refused")
  func inversion() throws {
    try withTemporaryFolder { folder in
      try write(0, "\(folder)/train/cat/1.png")
      try write(0, "\(folder)/train/dog/1.png")
      try write(255, "\(folder)/test/cat/1.png")
      try write(255, "\(folder)/test/dog/1.png")
      #expect(throws: DataSetError.self) { try load(folder, .all) }
      var request = DataSetRequest(folder, split: .all, imageSize: 16)
      request.preparation.inversion = .off
      #expect(try DataSetCatalog(cache: nil).load(request).count == 4)
    }
  }
}
