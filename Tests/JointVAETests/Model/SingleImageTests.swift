import Foundation
import JointVAE
import Synchronization
import TestSupport
import Testing

/// Calls for a few images, which reuse what earlier calls left behind.
@Suite struct SingleImageTests {
  private func model(size: Int, channels: Int) throws -> JointVAEModel {
    try JointVAEModel(
      imageShape: ImageShape(size: size, channels: channels),
      latents: LatentSpec(continuous: 3, discrete: [4]), seed: 2)
  }

  private func images(_ count: Int, of model: JointVAEModel, seed: UInt64) -> ImageBatch {
    let bytes = randomBytes(count * model.imageShape.valueCount, seed: seed)
    return ImageBatch(shape: model.imageShape, values: bytes.map { Float($0) / 255 })
  }

  private func one(_ index: Int, of images: ImageBatch) -> ImageBatch {
    let count = images.shape.valueCount
    return ImageBatch(
      shape: images.shape, values: Array(images.values[index * count..<(index + 1) * count]))
  }

  @Test(
    "One image alone is encoded and decoded to the bits it gets in a batch",
    arguments: [(16, 1), (32, 1), (32, 3), (64, 1)], [1, 2])
  func sameBits(shape: (size: Int, channels: Int), threads: Int) throws {
    let model = try model(size: shape.size, channels: shape.channels)
    let many = images(21, of: model, seed: 5)
    let encoding = try model.using(.threads(threads)).encode(many)
    let codes = encoding.modes()
    let decoded = try model.using(.threads(threads)).decode(vectors: codes)
    let dimension = model.latents.dimension
    // Backwards, so that every call finds what a later image left behind.
    for index in (0..<21).reversed() {
      let code = try model.encode(one(index, of: many)).modes()
      #expect(code == Array(codes[index * dimension..<(index + 1) * dimension]))
      let image = try model.using(.threads(threads)).decode(vectors: code)
      #expect(image.values == one(index, of: decoded).values)
    }
  }

  @Test("Two to nine images get the bits they get in a batch", arguments: 2...9)
  func few(count: Int) throws {
    let model = try model(size: 32, channels: 1)
    let many = images(21, of: model, seed: 6)
    let few = ImageBatch(
      shape: many.shape, values: Array(many.values.prefix(count * many.shape.valueCount)))
    let expected = try model.reconstruct(many)
    #expect(try model.reconstruct(few).values == Array(expected.values.prefix(few.values.count)))
  }

  @Test("An image that is not finite leaves nothing behind for the next")
  func notFinite() throws {
    let model = try model(size: 32, channels: 1)
    let image = images(1, of: model, seed: 7)
    let expected = try model.reconstruct(image)
    let broken = ImageBatch(
      shape: image.shape, values: Array(repeating: .nan, count: image.values.count))
    _ = try model.reconstruct(broken)
    #expect(try model.reconstruct(image).values == expected.values)
  }

  @Test("Many threads that use one model and its copies at once get the same bits")
  func concurrent() throws {
    let model = try model(size: 32, channels: 1)
    let many = images(8, of: model, seed: 8)
    let expected = try (0..<8).map { try model.reconstruct(one($0, of: many)).values }
    let wrong = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: 64) { iteration in
      let copy = model
      let index = iteration % 8
      let values = try? copy.reconstruct(one(index, of: many)).values
      if values != expected[index] { wrong.withLock { $0 += 1 } }
    }
    #expect(wrong.withLock { $0 } == 0)
  }
}
