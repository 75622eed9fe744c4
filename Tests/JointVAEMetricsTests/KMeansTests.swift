import JointVAE
import JointVAEKernels
import JointVAEMetrics
import TestSupport
import Testing

@Suite("k-means on the pixels")
struct KMeansTests {
  /// Images of four values around black, gray and white.
  private struct Blobs: ImageSource {
    let count = 90
    let imageShape = ImageShape(height: 2, width: 2, channels: 1)

    func copyImages(
      at indices: ArraySlice<Int>, to destination: UnsafeMutableBufferPointer<UInt8>
    ) {
      for (place, image) in indices.enumerated() {
        for value in 0..<4 {
          destination[place * 4 + value] = UInt8(image % 3 * 110 + (image * 7 + value * 5) % 20)
        }
      }
    }
  }

  private let labels = (0..<90).map { $0 % 3 }
  private let names = ["black", "gray", "white"]

  @Test("finds what lies apart, from every seed, on any threads")
  func apart() throws {
    for seed in UInt64(0)..<10 {
      let baseline = try KMeansBaseline(
        Blobs(), labels: labels, classNames: names, clusters: 3, seed: seed, threads: 1)
      #expect(baseline.oneToOne == 1 && baseline.majority == 1)
      #expect(abs(baseline.normalizedMutualInformation - 1) < 1e-12)
      #expect((baseline.clusters, baseline.fittedImages) == (3, 90))
      let threads = try KMeansBaseline(
        Blobs(), labels: labels, classNames: names, clusters: 3, seed: seed, threads: 4)
      #expect(threads == baseline)
    }
  }

  @Test("has fewer clusters than classes, or more, as it is asked; never more than images")
  func counts() throws {
    let two = try KMeansBaseline(
      Blobs(), labels: labels, classNames: names, clusters: 2, seed: 1, threads: 1)
    #expect(abs(two.oneToOne - 2.0 / 3) < 1e-12)
    let many = try KMeansBaseline(
      Blobs(), labels: labels, classNames: names, clusters: 200, seed: 1, threads: 1)
    #expect(many.clusters == 90 && many.majority == 1)
    #expect(throws: MetricError.self) {
      _ = try KMeansBaseline(
        Blobs(), labels: labels, classNames: names, clusters: 0, seed: 1, threads: 1)
    }
  }

  @Test("stands beside the accuracy of an evaluation that asks for it")
  func evaluation() throws {
    let model = try JointVAEModel(
      imageShape: ImageShape(size: 16), latents: LatentSpec(continuous: 1, discrete: [3]))
    let images = FormulaImages(count: 60, imageShape: ImageShape(size: 16))
    let labels = (0..<60).map { $0 % 3 }
    var options = EvaluationOptions()
    let plain = try model.evaluate(
      on: images, labels: labels, classNames: names, options: options)
    #expect(plain.kMeans == nil && !plain.text.contains("k-means"))
    options.comparesWithKMeans = true
    let compared = try model.evaluate(
      on: images, labels: labels, classNames: names, options: options)
    let kMeans = try #require(compared.kMeans)
    #expect(kMeans.clusters == 3 && kMeans.oneToOne >= 1.0 / 3)
    #expect(
      compared.text.contains(
        #/\nk-means +[01]\.[0-9]{4} by majority class, [01]\.[0-9]{4} one to one \(3 clusters of the pixels, for comparison\)\n/#
      ))
    let without = try model.evaluate(on: images, options: options)
    #expect(without.kMeans == nil)
  }
}
